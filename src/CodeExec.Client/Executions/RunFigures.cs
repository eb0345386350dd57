namespace CodeExec.Client;

/// <summary>What one of several runs of a program came to.</summary>
public sealed record RunFigures
{
    public double WallMs { get; init; }

    public double CpuMs { get; init; }

    public long MemoryBytes { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public LimitKind? Limit { get; init; }

    /// <summary>Of graded work.</summary>
    public string? Verdict { get; init; }
}
