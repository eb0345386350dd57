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
        Attempts = whole.Attempts,
        CreatedAt = now,
        SuiteBlob = "",
        Fingerprint = ProblemFingerprint.Of(draft, whole),
        Tests = new ProblemSummary(whole.Suite.Tests.Count, whole.Suite.Tests.Count(test => test.Hidden), MaxScore(whole.Suite), TestSuites.SizeOf(whole.Suite)),
    };

    private static decimal MaxScore(TestSuite suite)
        => ScoreRules.Of(suite, [.. suite.Tests.Select(test => new TestResult { Id = test.Id, Group = test.Group, Verdict = Verdict.Skipped, MaxPoints = test.Points })]).MaxPoints;
}
