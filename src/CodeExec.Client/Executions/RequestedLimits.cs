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
}
