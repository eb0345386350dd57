using CodeExec.Linux;

namespace CodeExec.Runner.Processes;

/// <summary>
/// Tells whose descendant a process is, whatever it did to hide: fork twice, start sessions, change its environment. Each case's programs
/// get their own value of the hard limit RLIMIT_LOCKS, which has had no effect since Linux 2.4, which every descendant inherits, and which
/// no unprivileged process can raise. One that lowers its own can pass for a program of a later case of the same step, never for one
/// of no case: those are killed when no case is running.
/// </summary>
internal sealed class CaseMark
{
    private const ulong First = 1UL << 62;

    private static ulong _next = Math.Min(First, ResourceLimit.Get(0, ResourceLimitKind.Locks).Hard - 1);

    private readonly ulong _value = _next--; // downwards: this process can not raise its own either

    public ResourceLimit Limit => new(_value, _value);

    public bool IsOn(int pid) => ResourceLimit.TryGet(pid, ResourceLimitKind.Locks, out ResourceLimit limit) && limit.Hard == _value;
}
