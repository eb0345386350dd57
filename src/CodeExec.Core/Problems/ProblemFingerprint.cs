using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Problems;

/// <summary>A hash over all that a submission's grade depends on.</summary>
internal static class ProblemFingerprint
{
    public static string Of(ProblemDraft draft, TestSuite suite)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(suite, OrchestrationJson.Options)); // all data still stand in it
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(draft.Languages, OrchestrationJson.Options));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(draft.Limits?.OrderBy(pair => pair.Key, StringComparer.Ordinal), OrchestrationJson.Options));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
