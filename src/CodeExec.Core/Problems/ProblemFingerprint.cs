using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Authoring;

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

        if (problem.IsIncomplete)
        {
            // Inputs and answers are what these make of them.
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(problem.Kit.Generators, OrchestrationJson.Options));
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(problem.Kit.Main, OrchestrationJson.Options));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Over what no submission meets.</summary>
    public static string Of(AuthorKit kit) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(kit, OrchestrationJson.Options)));
}
