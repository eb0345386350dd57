using CodeExec.Core.Languages;

namespace CodeExec.Core.Executions.Results;

/// <summary>How a compile or run step ended, with its outputs.</summary>
public sealed record StepResult
{
    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public ResourceLimit? Limit { get; init; }

    public required CapturedOutput Stdout { get; init; }

    public required CapturedOutput Stderr { get; init; }

    public double WallMs { get; init; }

    /// <summary>Of the whole process tree.</summary>
    public double CpuMs { get; init; }

    /// <summary>The peak of the whole process tree.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory are then averages, all else is of the first that failed, or of the first.</summary>
    public IReadOnlyList<RunFigures>? Runs { get; init; }

    /// <summary>The error that the program died of, if it said so.</summary>
    public ProgramFailure? Failure { get; init; }

    /// <summary>The result was kept from an earlier compilation of the same sources.</summary>
    public bool FromCache { get; init; }
}
