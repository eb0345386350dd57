using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Problems;

/// <summary>Makes a problem of what was checked. Where its tests stand is for whoever stores them.</summary>
internal static class ProblemMaking
{
    public static Problem Of(ProblemDraft draft, CheckedProblem whole, int version, DateTimeOffset now) => new()
    {
        Id = draft.Id!,
        Version = version,
        Title = draft.Title!,
        Statement = draft.Statement,
        Languages = draft.Languages,
        Limits = draft.Limits ?? new Dictionary<string, SubmittedLimits>(),
        Harness = whole.Harness,
        Labels = draft.Labels ?? new Dictionary<string, string>(),
        CreatedAt = now,
        SuiteBlob = "",
        Fingerprint = ProblemFingerprint.Of(draft, whole),
        KitFingerprint = whole.Kit.IsEmpty ? null : ProblemFingerprint.Of(whole.Kit),
        State = whole.Kit.IsEmpty ? ProblemState.Ready : ProblemState.Checking,
        Incomplete = whole.IsIncomplete,
        Tests = new ProblemSummary(whole.Suite.Tests.Count, whole.Suite.Tests.Count(test => test.Hidden), MaxScore(whole.Suite), TestSuites.SizeOf(whole.Suite)),
    };

    /// <summary>What the solutions of its author are submitted to: any language may be.</summary>
    public static Problem ForSolutions(ProblemDraft draft, IReadOnlyDictionary<string, Harness> harness) => new()
    {
        Id = draft.Id ?? "",
        Version = 1,
        Title = "",
        Limits = draft.Limits ?? new Dictionary<string, SubmittedLimits>(),
        Harness = harness,
        CreatedAt = default,
        SuiteBlob = "",
        Fingerprint = "",
        Tests = new ProblemSummary(0, 0, 0, 0),
    };

    private static decimal MaxScore(TestSuite suite)
        => ScoreRules.Of(suite, [.. suite.Tests.Select(test => new TestResult { Id = test.Id, Group = test.Group, Verdict = Verdict.Skipped, MaxPoints = test.Points })]).MaxPoints;
}
