namespace CodeExec.Linux;

/// <summary>
/// Two random numbers that go along with prlimit in registers the call does not use: a system call filter can tell by them who calls.
/// </summary>
public readonly record struct LimitPass(ulong First, ulong Second)
{
    public static unsafe LimitPass Create()
    {
        LimitPass pass;
        return Libc.GetRandom(&pass, sizeof(LimitPass), 0) == sizeof(LimitPass) ? pass : throw LinuxException.Last("getrandom");
    }
}
