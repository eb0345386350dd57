namespace CodeExec.Client;

/// <summary>Limits of one step. Those left null take the language's defaults; above the tenant's ceiling the server refuses.</summary>
public sealed record RequestedLimits
{
    public long? WallTimeMs { get; init; }

    public long? CpuTimeMs { get; init; }

    public long? MemoryMb { get; init; }

    public int? Processes { get; init; }

    public long? OutputKb { get; init; }

    public long? WorkspaceMb { get; init; }

    public long? StackKb { get; init; }

    /// <summary>Of one file.</summary>
    public long? FileSizeKb { get; init; }

    /// <summary>Of each process.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Processors at a time; 0.5 is half of one.</summary>
    public double? Cpus { get; init; }

    /// <summary>So much longer than its time a program runs before it is ended, to see how long it takes. The verdict is the same.</summary>
    public long? GraceMs { get; init; }
}
