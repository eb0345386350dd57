using CodeExec.Protocol;

namespace CodeExec.Runner.Hosting;

/// <summary>The names of limits on the wire, without the reflection of Enum.ToString.</summary>
internal static class LimitNames
{
    public static string Of(LimitKind limit) => limit switch
    {
        LimitKind.WallTime => nameof(LimitKind.WallTime),
        LimitKind.CpuTime => nameof(LimitKind.CpuTime),
        LimitKind.Memory => nameof(LimitKind.Memory),
        LimitKind.Output => nameof(LimitKind.Output),
        LimitKind.Processes => nameof(LimitKind.Processes),
        LimitKind.Workspace => nameof(LimitKind.Workspace),
        LimitKind.FileSize => nameof(LimitKind.FileSize),
        _ => throw new ArgumentOutOfRangeException(nameof(limit)),
    };
}
