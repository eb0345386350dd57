namespace CodeExec.Linux;

/// <summary>The soft and the hard value of one resource limit (prlimit).</summary>
public readonly record struct ResourceLimit(ulong Soft, ulong Hard)
{
    public const ulong Infinity = ulong.MaxValue;

    /// <summary>Pid 0 is the caller.</summary>
    public static unsafe ResourceLimit Get(int pid, ResourceLimitKind kind)
    {
        ResourceLimit limit;
        return Libc.PrLimit(pid, (int)kind, null, &limit) < 0 ? throw LinuxException.Last("prlimit") : limit;
    }

    /// <summary>False when the process is gone or is not ours to ask about.</summary>
    public static unsafe bool TryGet(int pid, ResourceLimitKind kind, out ResourceLimit limit)
    {
        fixed (ResourceLimit* found = &limit)
        {
            return Libc.PrLimit(pid, (int)kind, null, found) == 0;
        }
    }

    public static unsafe void Set(int pid, ResourceLimitKind kind, ResourceLimit limit)
    {
        if (Libc.PrLimit(pid, (int)kind, &limit, null) < 0)
        {
            throw LinuxException.Last("prlimit");
        }
    }

    /// <summary>False when the process is gone or the limit may not be set (raising a hard limit).</summary>
    public static unsafe bool TrySet(int pid, ResourceLimitKind kind, ResourceLimit limit, LimitPass pass) =>
        Libc.SystemCall(Libc.PrLimitNumber, pid, (nint)kind, (nint)(&limit), 0, (nint)pass.First, (nint)pass.Second) == 0;
}
