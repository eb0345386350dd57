namespace CodeExec.Client;

/// <summary>What one test came to. Of a hidden one the server shows no outputs.</summary>
public sealed record TestResult
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Group { get; init; }

    public bool Hidden { get; init; }

    /// <summary>"accepted", "wrongAnswer", "timeLimit"…: see docs/grading.md.</summary>
    public string Verdict { get => field ?? ""; init; }

    public decimal Points { get; init; }

    public decimal MaxPoints { get; init; }

    public double WallMs { get; init; }

    public double CpuMs { get; init; }

    public long MemoryBytes { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory beside it are then averages.</summary>
    public IReadOnlyList<RunFigures>? Runs { get; init; }

    /// <summary>Of the run that took most.</summary>
    public long? PeakMemoryBytes { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public string? Stdout { get; init; }

    public string? Stderr { get; init; }

    public string? Diff { get; init; }

    public string? Message { get; init; }
}
