using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>The C library's calls, named and typed; the other files give them their meaning.</summary>
internal static unsafe partial class Libc
{
    public const int CloseOnExec = 0x80000;
    public const int NonBlock = 0x800;
    public const int GetStatusFlags = 3;
    public const int SetStatusFlags = 4;
    public const int DuplicateCloseOnExec = 1030;

    // Numbers above 400 are the same on every architecture.
    public const nint PidFdSendSignal = 424;
    public const nint PidFdOpen = 434;
    public const nint CloseRange = 436;
    public const nint OpenAt2Number = 437;

    public static readonly nint PrLimitNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 261 : 302;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "pread", SetLastError = true)]
    public static partial nint PRead(int fd, byte* buffer, nint count, long offset);

    [LibraryImport(Name, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint PWrite(int fd, byte* buffer, nint count, long offset);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int fd, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe2(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport(Name, EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int PPoll(PollEntry* entries, nuint count, KernelTime* timeout, void* mask);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "getpid")]
    public static partial int GetPid();

    [LibraryImport(Name, EntryPoint = "getuid")]
    public static partial uint GetUser();

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUser();

    [LibraryImport(Name, EntryPoint = "setresuid", SetLastError = true)]
    public static partial int SetUsers(uint real, uint effective, uint saved);

    [LibraryImport(Name, EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait4(int pid, int* status, int options, long* rusage);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, int id, int* info, int options);

    [LibraryImport(Name, EntryPoint = "prlimit", SetLastError = true)]
    public static partial int PrLimit(int pid, int resource, ResourceLimit* newLimit, ResourceLimit* oldLimit);

    [LibraryImport(Name, EntryPoint = "setpriority")]
    public static partial int SetPriority(int which, uint who, int niceness);

    [LibraryImport(Name, EntryPoint = "shmctl", SetLastError = true)]
    public static partial int ShmCtl(int id, int command, void* argument);

    [LibraryImport(Name, EntryPoint = "semctl", SetLastError = true)]
    public static partial int SemCtl(int id, int number, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "msgctl", SetLastError = true)]
    public static partial int MsgCtl(int id, int command, void* argument);

    [LibraryImport(Name, EntryPoint = "getrandom", SetLastError = true)]
    public static partial nint GetRandom(void* buffer, nint count, uint flags);

    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    public static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(Name, EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int ClockGetTime(int clock, KernelTime* time);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
