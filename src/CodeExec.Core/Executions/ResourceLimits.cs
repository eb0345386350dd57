namespace CodeExec.Core.Executions;

/// <summary>Every limit is set and positive: "no limit" can not be said.</summary>
public sealed record ResourceLimits
{
    public required int WallTimeMs { get; init; }

    public required int CpuTimeMs { get; init; }

    public required int MemoryMb { get; init; }

    public required int Processes { get; init; }

    public required int OutputKb { get; init; }

    public required int WorkspaceMb { get; init; }
}
