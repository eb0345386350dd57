using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Grading;

/// <summary>All that a submission is graded by, after validation.</summary>
public sealed record TestSuite
{
    public required IReadOnlyList<GradedTest> Tests { get; init; }

    public IReadOnlyList<TestGroup> Groups { get; init; } = [];

    /// <summary>For tests that name none of their own.</summary>
    public CheckerSpec Checker { get; init; } = CheckerSpec.Default;

    public StopOn StopOn { get; init; }

    /// <summary>Tests may run side by side while processors are free. False: one after the other, whatever the machine could do.</summary>
    public bool Parallel { get; init; } = true;

    /// <summary>What a program reads in place of its stdin, which is there as well; null: nothing else.</summary>
    public string? InputFile { get; init; }

    /// <summary>What a program writes in place of its stdout; one that leaves no such file has what it printed compared. Null: its stdout.</summary>
    public string? OutputFile { get; init; }

    public CheckerSpec CheckerOf(GradedTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Checker ?? Checker;
    }
}

/// <summary>When the rest of the tests is left out.</summary>
public enum StopOn
{
    Never,
    FirstFailure,

    /// <summary>A failure ends its group; the others go on.</summary>
    Group,
}
