using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Problems;

/// <summary>A hash over all that a submission's grade depends on.</summary>
internal static class ProblemFingerprint
{
    public static string Of(ProblemDraft draft, CheckedProblem problem)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(problem.Suite, OrchestrationJson.Options)); // all data still stand in it
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(draft.Languages, OrchestrationJson.Options));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(draft.Limits is { Count: > 0 } limits ? limits.OrderBy(pair => pair.Key, StringComparer.Ordinal) : null, OrchestrationJson.Options));
        if (problem.Harness.Count > 0)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(problem.Harness.OrderBy(pair => pair.Key, StringComparer.Ordinal), OrchestrationJson.Options));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
