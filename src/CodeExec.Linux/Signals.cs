using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>Sending signals, and being deaf to them.</summary>
public static unsafe class Signals
{
    private static readonly int[] Faults = [4, 5, 7, 8, 11]; // SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV

    /// <summary>False when there is no such process. A <paramref name="pid"/> of -1 is every process this one may signal.</summary>
    public static bool Send(int pid, int signal)
    {
        if (Libc.Kill(pid, signal) == 0)
        {
            return true;
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NoProcess ? false : throw new LinuxException("kill", errno);
    }

    /// <summary>What the .NET runtime has made of signals would go on in a program that takes this process over.</summary>
    public static void ResetAll()
    {
        const nint Default = 0;
        for (int signal = 1; signal <= SignalNumber.Last; signal++)
        {
            Libc.Signal(signal, Default); // refused for those that nobody may set
        }
    }

    /// <summary>
    /// Ignores every signal that can be ignored. Faults get their default back, in place of the .NET runtime's handlers: the first
    /// process of a pid namespace is immune to a default signal that another process sends, but would run a handler for it.
    /// </summary>
    public static void IgnoreAll()
    {
        const nint Default = 0;
        const nint Ignore = 1;
        for (int signal = 1; signal <= SignalNumber.Last; signal++)
        {
            bool keep = signal is SignalNumber.Kill or SignalNumber.Stop;
            bool internalToLibc = signal is 32 or 33;
            if (keep || internalToLibc)
            {
                continue;
            }

            // An ignored SIGCHLD would let the kernel reap children itself, and their exit status would be lost.
            bool asDefault = signal == SignalNumber.Child || Faults.AsSpan().Contains(signal);
            Libc.Signal(signal, asDefault ? Default : Ignore);
        }
    }
}
