namespace CodeExec.Core.Executions;

/// <summary>Every limit is set and positive: "no limit" can not be said. What is null follows from others.</summary>
public sealed record ResourceLimits
{
    public const int UsualOpenFiles = 256;

    public required int WallTimeMs { get; init; }

    public required int CpuTimeMs { get; init; }

    public required int MemoryMb { get; init; }

    public required int Processes { get; init; }

    public required int OutputKb { get; init; }

    public required int WorkspaceMb { get; init; }

    /// <summary>Null: as much as its memory.</summary>
    public int? StackKb { get; init; }

    /// <summary>Of one file. Null: as much as its workspace.</summary>
    public int? FileSizeKb { get; init; }

    /// <summary>Of each process. Null: 256.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Processors at a time, in parts too. Null: all that there are.</summary>
    public double? Cpus { get; init; }

    /// <summary>So much longer than its time a program runs before it is ended, so that it is seen how long it takes. The verdict is the same.</summary>
    public int GraceMs { get; init; }

    /// <summary>When a program is ended at the latest.</summary>
    public int LongestWallMs => WallTimeMs + GraceMs;
}
