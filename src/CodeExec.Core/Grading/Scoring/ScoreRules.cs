namespace CodeExec.Core.Grading.Scoring;

/// <summary>From the results of tests to points. Every result counts once, in the order of the suite.</summary>
public static class ScoreRules
{
    /// <param name="results">One for each test of the suite.</param>
    public static Score Of(TestSuite suite, IReadOnlyList<TestResult> results)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(results);
        Dictionary<string, TestGroup> declared = suite.Groups.ToDictionary(group => group.Id, StringComparer.Ordinal);
        ILookup<string?, TestResult> byGroup = results.ToLookup(result => result.Group, StringComparer.Ordinal);
        List<GroupResult> groups = [.. GroupIds(suite).Select(id => Of(declared.GetValueOrDefault(id) ?? new TestGroup { Id = id }, [.. byGroup[id]]))];
        TestResult[] single = [.. byGroup[null]];

        decimal points = groups.Sum(group => group.Score) + single.Sum(result => result.Points);
        decimal most = groups.Sum(group => group.MaxScore) + single.Sum(result => result.MaxPoints);
        TestResult? failure = results.FirstOrDefault(result => result.Verdict.IsOurs())
            ?? results.FirstOrDefault(result => result.Verdict is not (Verdict.Accepted or Verdict.Skipped))
            ?? results.FirstOrDefault(result => result.Verdict != Verdict.Accepted);
        return new Score
        {
            Verdict = Whole(suite, failure, points),
            Points = points,
            MaxPoints = most,
            Passed = results.Count(result => result.Verdict == Verdict.Accepted),
            Total = results.Count,
            Verdicts = results.GroupBy(result => result.Verdict).ToDictionary(same => same.Key, same => same.Count()),
            Groups = groups,
            FirstFailure = failure?.Id,
        };
    }

    /// <summary>The groups of a suite, declared or only named by a test, in order.</summary>
    public static IReadOnlyList<string> GroupIds(TestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return [.. suite.Groups.Select(group => group.Id).Concat(suite.Tests.Select(test => test.Group).OfType<string>()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A checker's part of a test's points, never more than all and never less than none.</summary>
    public static decimal PointsOf(GradedTest test, decimal fraction)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Points * Math.Clamp(fraction, 0, 1);
    }

    private static GroupResult Of(TestGroup group, TestResult[] results)
    {
        decimal most = group.Points ?? results.Sum(result => result.MaxPoints);
        decimal own = results.Sum(result => result.MaxPoints);
        bool all = results.All(result => result.Verdict == Verdict.Accepted);
        decimal score = group.Scoring switch
        {
            GroupScoring.AllOrNothing => all ? most : 0,
            GroupScoring.Minimum => most * (results.Length == 0 ? 1 : results.Min(result => result.Fraction)),
            _ when own == 0 => all ? most : 0, // points of the group alone
            _ => most * results.Sum(result => result.Points) / own,
        };
        TestResult? failure = results.FirstOrDefault(result => result.Verdict.IsOurs()) ?? results.FirstOrDefault(result => result.Verdict != Verdict.Accepted);
        return new GroupResult(group.Id, group.Name, failure?.Verdict ?? Verdict.Accepted, score, most, results.Count(result => result.Verdict == Verdict.Accepted), results.Length);
    }

    // Where a contest stops at the first failure, the tests before it earn nothing: its verdict is the submission's.
    private static Verdict Whole(TestSuite suite, TestResult? failure, decimal points)
        => failure is null ? Verdict.Accepted
            : failure.Verdict.IsOurs() || failure.Verdict == Verdict.Cancelled || suite.StopOn == StopOn.FirstFailure || points <= 0 ? failure.Verdict
            : Verdict.PartiallyCorrect;

    private static bool IsOurs(this Verdict verdict) => verdict is Verdict.InternalError or Verdict.CheckerError;
}
