using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches;

/// <summary>Tells programs apart: the same for two submissions that are run alike. Labels say whose it is, not what it is.</summary>
internal static class SubmissionHash
{
    public static string Of(Submission submission)
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(submission with { Labels = null, Student = null }, OrchestrationJson.Options)));
}
