using CodeExec.Core.Grading;

namespace CodeExec.Core.Executions.Results;

/// <summary>What one of several runs of a program came to.</summary>
public sealed record RunFigures
{
    public double WallMs { get; init; }

    public double CpuMs { get; init; }

    public long MemoryBytes { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public ResourceLimit? Limit { get; init; }

    /// <summary>Of graded work.</summary>
    public Verdict? Verdict { get; init; }
}
