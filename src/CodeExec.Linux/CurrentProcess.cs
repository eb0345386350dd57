namespace CodeExec.Linux;

/// <summary>Properties of the calling process that .NET has no name for.</summary>
public static unsafe class CurrentProcess
{
    private const int SetDumpable = 4;
    private const int SetChildSubreaper = 36;
    private const int SetNoNewPrivileges = 38;

    public static int Id => Libc.GetPid();

    /// <summary>Nobody without CAP_SYS_PTRACE may then trace it, or read its memory or descriptors in /proc; and it leaves no core file.</summary>
    public static void ForbidTracing() => Control("prctl(PR_SET_DUMPABLE)", SetDumpable, 0);

    /// <summary>Orphaned descendants become its children, whatever they did to get away.</summary>
    public static void AdoptOrphans() => Control("prctl(PR_SET_CHILD_SUBREAPER)", SetChildSubreaper, 1);

    public static void ForbidNewPrivileges() => Control("prctl(PR_SET_NO_NEW_PRIVS)", SetNoNewPrivileges, 1);

    /// <summary>
    /// Of a program whose file belongs to another user and starts as that user (set-user-ID): becomes that user wholly, in all its threads, so that nobody of who
    /// started it can signal it, limit it or slow it down.
    /// </summary>
    /// <returns>False: it runs as who started it, and stays so.</returns>
    public static bool BecomeOwner()
    {
        uint owner = Libc.GetEffectiveUser();
        if (owner == Libc.GetUser())
        {
            return false;
        }

        return Libc.SetUsers(owner, owner, owner) == 0 ? true : throw LinuxException.Last("setresuid");
    }

    /// <summary>So that a program started later gets none of them. Needs Linux 5.11.</summary>
    public static void CloseOnExecFrom(int firstDescriptor)
    {
        const nint SetCloseOnExec = 4;
        if (Libc.SystemCall(Libc.CloseRange, firstDescriptor, unchecked((nint)uint.MaxValue), SetCloseOnExec, 0) < 0)
        {
            throw LinuxException.Last("close_range");
        }
    }

    /// <summary>Becomes another program, with the same environment. Returns only if that fails.</summary>
    public static LinuxException Become(string path, IReadOnlyList<string> arguments)
    {
        using Utf8Strings argv = new(arguments);
        Libc.Exec(path, argv.Pointers);
        return LinuxException.Last("exec", path);
    }

    private static void Control(string call, int option, nuint value)
    {
        if (Libc.PrCtl(option, value, 0, 0, 0) < 0)
        {
            throw LinuxException.Last(call);
        }
    }
}
