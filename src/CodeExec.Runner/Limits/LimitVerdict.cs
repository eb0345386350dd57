using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Runner.Limits;

/// <summary>Which limit ended a program, from what the kernel and this runner know: never from an exit code of 137 or from a text.</summary>
internal static class LimitVerdict
{
    /// <summary>Null when no limit did: the program ended by itself, well or badly.</summary>
    public static LimitKind? Of(CaseFacts facts)
    {
        bool failed = facts.Exit.ExitCode != 0;
        if (facts.Limits.GraceMs > 0 && OverTime(facts) is { } time)
        {
            return time; // whatever happened after that: without its grace it would not have come so far
        }

        if (failed && facts.OutOfMemory)
        {
            return LimitKind.Memory;
        }

        return facts.KilledFor ?? Exceeded(facts) ?? (failed ? Starved(facts) : null);
    }

    /// <summary>Limits a program may have crossed between two looks, and then have ended by itself.</summary>
    private static LimitKind? Exceeded(CaseFacts facts) => facts switch
    {
        { OutputCut: true } => LimitKind.Output,
        _ when OverTime(facts) is { } time => time,
        _ when facts.UnlimitedPeakBytes > facts.Limits.MemoryBytes => LimitKind.Memory,
        _ => null,
    };

    private static LimitKind? OverTime(CaseFacts facts) => facts switch
    {
        _ when facts.Cpu > TimeSpan.FromMilliseconds(facts.Limits.CpuMs) => LimitKind.CpuTime,
        _ when facts.Wall > TimeSpan.FromMilliseconds(facts.Limits.WallMs) => LimitKind.WallTime,
        _ => null,
    };

    /// <summary>Limits that make a program's own calls fail: they count only if it then failed.</summary>
    private static LimitKind? Starved(CaseFacts facts) => facts switch
    {
        // A stack is as large as all memory unless asked otherwise: who gets to its end has used that up, whether the kernel or the stack's limit was first.
        { Exit.Signal: SignalNumber.SegmentationFault } when !(facts.Limits.StackBytes < facts.Limits.MemoryBytes) && facts.PeakBytes >= facts.Limits.MemoryBytes => LimitKind.Memory,
        { ForkRefused: true } => LimitKind.Processes,
        { WorkspaceFull: true } => LimitKind.Workspace,
        { Exit.Signal: SignalNumber.FileSizeExceeded } or { FileAtItsLimit: true } => facts.Limits.HasOwnFileLimit ? LimitKind.FileSize : LimitKind.Workspace,
        _ => null,
    };
}
