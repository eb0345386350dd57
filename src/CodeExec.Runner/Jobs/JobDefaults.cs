using CodeExec.Protocol;

namespace CodeExec.Runner.Jobs;

/// <summary>What the protocol's records hold where a job says nothing, taken from the records themselves.</summary>
internal static class JobDefaults
{
    public static Job Job { get; } = new() { Id = "", Steps = [] };

    public static JobLimits Limits { get; } = new()
    {
        WallMs = 0,
        CpuMs = 0,
        MemoryBytes = 0,
        Processes = 0,
        OutputBytes = 0,
        WorkspaceBytes = 0,
    };

    public static JobStep Step { get; } = new() { Name = "", Command = [], Limits = Limits };

    public static JobCase Case { get; } = new() { Id = "" };
}
