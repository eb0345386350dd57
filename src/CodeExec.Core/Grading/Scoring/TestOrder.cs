namespace CodeExec.Core.Grading.Scoring;

/// <summary>Which tests still have to run, and why others need not.</summary>
public sealed class TestOrder
{
    private readonly TestSuite _suite;
    private readonly Dictionary<string, TestGroup> _groups;
    private readonly HashSet<string> _failedGroups = new(StringComparer.Ordinal);
    private string? _firstFailure;

    public TestOrder(TestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        _suite = suite;
        _groups = suite.Groups.ToDictionary(group => group.Id, StringComparer.Ordinal);
    }

    /// <summary>Notes how a test ended; what is skipped after it depends on that.</summary>
    public void Note(GradedTest test, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (verdict == Verdict.Accepted)
        {
            return;
        }

        _firstFailure ??= test.Id;
        if (test.Group is { } group)
        {
            _failedGroups.Add(group);
        }
    }

    /// <returns>Why this test need not run, in words for its submitter; null when it must.</returns>
    public string? ReasonToSkip(GradedTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (_suite.StopOn == StopOn.FirstFailure && _firstFailure is not null)
        {
            return $"Test {_firstFailure} failed before.";
        }

        if (test.Group is not { } group)
        {
            return null;
        }

        if (_suite.StopOn == StopOn.Group && _failedGroups.Contains(group))
        {
            return $"A test of group {group} failed before.";
        }

        return FailedDependency(group, []) is { } failed ? $"Group {failed}, on which {group} depends, was not accepted." : null;
    }

    private string? FailedDependency(string group, HashSet<string> seen)
    {
        if (!_groups.TryGetValue(group, out TestGroup? declared) || !seen.Add(group))
        {
            return null;
        }

        foreach (string needed in declared.DependsOn)
        {
            if (_failedGroups.Contains(needed) || FailedDependency(needed, seen) is not null)
            {
                return needed;
            }
        }

        return null;
    }

    /// <summary>The tests so ordered that a group comes after those that it depends on; else as they stand.</summary>
    public static IReadOnlyList<GradedTest> Sort(TestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        if (suite.Groups.All(group => group.DependsOn.Count == 0))
        {
            return suite.Tests;
        }

        Dictionary<string, TestGroup> groups = suite.Groups.ToDictionary(group => group.Id, StringComparer.Ordinal);
        Dictionary<string, int> depths = new(StringComparer.Ordinal);
        return [.. suite.Tests.OrderBy(test => test.Group is null ? 0 : Depth(test.Group, groups, depths))]; // stable
    }

    private static int Depth(string group, Dictionary<string, TestGroup> groups, Dictionary<string, int> depths)
    {
        if (depths.TryGetValue(group, out int known))
        {
            return known;
        }

        depths[group] = 0; // a ring, which validation refuses, must not go on for ever
        return depths[group] = groups.TryGetValue(group, out TestGroup? declared) && declared.DependsOn.Count > 0
            ? 1 + declared.DependsOn.Max(needed => Depth(needed, groups, depths))
            : 0;
    }
}
