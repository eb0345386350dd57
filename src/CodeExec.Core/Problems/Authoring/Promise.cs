using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>What an author says a solution comes to: verdicts that its tests may have, accepted ones aside.</summary>
/// <param name="MayBeAccepted">False: at least one test has to fail.</param>
/// <param name="Failures">With which verdicts tests may fail.</param>
/// <param name="Names">As its author said it.</param>
public sealed record Promise(bool MayBeAccepted, IReadOnlyList<Verdict> Failures, IReadOnlyList<string> Names)
{
    public static readonly Promise Accepted = new(true, [], ["accepted"]);

    private static readonly Verdict[] AnyFailure =
    [
        Verdict.WrongAnswer, Verdict.PresentationError, Verdict.PartiallyCorrect, Verdict.TimeLimit, Verdict.MemoryLimit, Verdict.OutputLimit, Verdict.RuntimeError, Verdict.CompileError,
    ];

    /// <summary>As Polygon tags them, Kattis calls their folders, DOMjudge writes them into sources, and our own verdicts are called; without case and dashes.</summary>
    private static readonly Dictionary<string, Verdict[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["accepted"] = [Verdict.Accepted],
        ["main"] = [Verdict.Accepted],
        ["wrongAnswer"] = [Verdict.WrongAnswer, Verdict.PresentationError],
        ["presentationError"] = [Verdict.PresentationError, Verdict.WrongAnswer],
        ["partiallyCorrect"] = [Verdict.PartiallyCorrect, Verdict.WrongAnswer, Verdict.PresentationError],
        ["partiallyAccepted"] = [Verdict.PartiallyCorrect, Verdict.WrongAnswer, Verdict.PresentationError],
        ["timeLimit"] = [Verdict.TimeLimit],
        ["timeLimitExceeded"] = [Verdict.TimeLimit],
        ["timeLimitExceededOrAccepted"] = [Verdict.TimeLimit, Verdict.Accepted],
        ["timeLimitExceededOrMemoryLimitExceeded"] = [Verdict.TimeLimit, Verdict.MemoryLimit],
        ["memoryLimit"] = [Verdict.MemoryLimit],
        ["memoryLimitExceeded"] = [Verdict.MemoryLimit],
        ["outputLimit"] = [Verdict.OutputLimit],
        ["runtimeError"] = [Verdict.RuntimeError],
        ["compileError"] = [Verdict.CompileError],
        ["bruteForce"] = [Verdict.TimeLimit, Verdict.MemoryLimit, Verdict.RuntimeError],
        ["correct"] = [Verdict.Accepted],
        ["runError"] = [Verdict.RuntimeError],
        ["noOutput"] = [Verdict.WrongAnswer, Verdict.PresentationError],
        ["compilerError"] = [Verdict.CompileError],
        ["rejected"] = AnyFailure,
        ["failed"] = AnyFailure,
    };

    /// <summary>A right solution: the problem is broken if it is not accepted.</summary>
    [JsonIgnore]
    public bool IsRight => MayBeAccepted && Failures.Count == 0;

    public static string KnownNames => "accepted, wrongAnswer, presentationError, partiallyCorrect, timeLimit, memoryLimit, outputLimit, runtimeError, compileError, rejected";

    public static bool TryRead(IReadOnlyList<string>? names, [NotNullWhen(true)] out Promise? promise)
    {
        promise = null;
        HashSet<Verdict> allowed = [];
        foreach (string name in names ?? Accepted.Names)
        {
            if (!Known.TryGetValue(name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), out Verdict[]? verdicts))
            {
                return false;
            }

            allowed.UnionWith(verdicts);
        }

        promise = allowed.Count == 0 ? null : new Promise(allowed.Remove(Verdict.Accepted), [.. allowed.Order()], names ?? Accepted.Names);
        return promise is not null;
    }

    /// <param name="verdicts">Of all tests; those that were not run do not count.</param>
    public bool IsKept(IReadOnlyCollection<Verdict> verdicts)
    {
        Verdict[] failed = [.. verdicts.Where(verdict => verdict is not (Verdict.Accepted or Verdict.Skipped))];
        return verdicts.Any(verdict => verdict != Verdict.Skipped) && (failed.Length == 0 ? MayBeAccepted : failed.All(Failures.Contains));
    }
}
