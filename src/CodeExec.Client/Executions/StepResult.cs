namespace CodeExec.Client;

/// <summary>What one step (compile or run) did. Output that is not UTF-8 is shown with U+FFFD.</summary>
public sealed record StepResult
{
    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary>The limit that ended the step.</summary>
    public LimitKind? Limit { get; init; }

    public string Stdout { get => field ?? ""; init; }

    public string Stderr { get => field ?? ""; init; }

    public bool StdoutTruncated { get; init; }

    public bool StderrTruncated { get; init; }

    /// <summary>Bytes the program wrote, where less than that was kept.</summary>
    public long? StdoutTotalBytes { get; init; }

    public long? StderrTotalBytes { get; init; }

    /// <summary>The result was kept from an earlier compilation of the same sources.</summary>
    public bool FromCache { get; init; }

    public double? WallMs { get; init; }

    public double? CpuMs { get; init; }

    public long? MemoryBytes { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory beside it are then averages.</summary>
    public IReadOnlyList<RunFigures>? Runs { get; init; }

    /// <summary>Of the run that took most.</summary>
    public long? PeakMemoryBytes { get; init; }
}
