using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Grading;

/// <summary>What one test came to. Whole, as the author may see it: who shows it to a submitter asks <see cref="ForSubmitter"/>.</summary>
public sealed record TestResult
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Group { get; init; }

    public bool Hidden { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Of the test's points, from 0 to 1.</summary>
    public decimal Fraction { get; init; }

    public decimal Points { get; init; }

    public decimal MaxPoints { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public ResourceLimit? Limit { get; init; }

    public double WallMs { get; init; }

    public double CpuMs { get; init; }

    public long MemoryBytes { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory are then averages, all else is of the first that failed, or of the first.</summary>
    public IReadOnlyList<RunFigures>? Runs { get; init; }

    /// <summary>The beginning of what it wrote.</summary>
    public string? Stdout { get; init; }

    public string? Stderr { get; init; }

    public long StdoutBytes { get; init; }

    public long StderrBytes { get; init; }

    /// <summary>Where the output and what was expected part.</summary>
    public string? Diff { get; init; }

    /// <summary>The beginning of what was said with an interactor: "&lt; " before a line of the interactor's, "&gt; " before one of the program's.</summary>
    public string? Transcript { get; init; }

    /// <summary>What the checker said, or why a test was skipped.</summary>
    public string? Message { get; init; }

    /// <summary>What a judge's program said to judges: never for submitters.</summary>
    public string? JudgeMessage { get; init; }

    public IReadOnlyList<string> RequirementIds { get; init; } = [];

    /// <summary>
    /// Without what is said to judges. Of a hidden test: nothing that its input, its expected output or its checker could be read from. What a program writes, its exit code
    /// and what a checker says of it can all carry the input.
    /// </summary>
    public TestResult ForSubmitter() => !Hidden ? this with { JudgeMessage = null } : this with
    {
        JudgeMessage = null,
        Name = null,
        ExitCode = null,
        Stdout = null,
        Stderr = null,
        StdoutBytes = 0,
        StderrBytes = 0,
        Diff = null,
        Transcript = null,
        Message = Verdict == Verdict.Skipped ? Message : null,
        Runs = Runs is null ? null : [.. Runs.Select(run => run with { ExitCode = null })],
    };
}
