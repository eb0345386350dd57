using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>Reaping children. (System.Diagnostics.Process reaps its own: do not use both on one process.)</summary>
public static unsafe class ChildProcesses
{
    public const int Any = -1;

    private const int NoHang = 1;
    private const int AllKinds = 0x40000000; // __WALL: also children made by clone() without SIGCHLD

    /// <summary>Null when no such child has ended yet, or there is none.</summary>
    public static ProcessExit? TryReap(int pid) => Reap(pid, NoHang);

    /// <summary>Waits. Null when there is no such child.</summary>
    public static ProcessExit? WaitAndReap(int pid) => Reap(pid, 0);

    /// <summary>A child that has ended and waits to be reaped; it can still be looked at. Null when there is none.</summary>
    public static int? FindEnded() => TryFindEnded(out int pid) && pid != 0 ? pid : null;

    /// <summary>Whether there is any child, living or not yet reaped.</summary>
    public static bool Exist() => TryFindEnded(out _);

    private static bool TryFindEnded(out int pid)
    {
        const int AnyChild = 0;
        const int Exited = 4;
        const int LeaveIt = 0x01000000; // WNOWAIT
        const int InfoInts = 32;
        const int PidAt = 4; // si_pid: after three ints and the padding of a union of pointers
        int* info = stackalloc int[InfoInts];
        info[PidAt] = 0;
        while (Libc.WaitId(AnyChild, 0, info, Exited | NoHang | LeaveIt | AllKinds) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.NoChild)
            {
                pid = 0;
                return false;
            }

            if (errno != Errno.Interrupted)
            {
                throw new LinuxException("waitid", errno);
            }
        }

        pid = info[PidAt];
        return true;
    }

    private static ProcessExit? Reap(int pid, int options)
    {
        const int RusageLongs = 18;
        long* rusage = stackalloc long[RusageLongs]; // two timevals, then 14 longs of which the first is ru_maxrss in KiB
        int status;
        int reaped;
        while ((reaped = Libc.Wait4(pid, &status, options | AllKinds, rusage)) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.NoChild)
            {
                return null;
            }

            if (errno != Errno.Interrupted)
            {
                throw new LinuxException("wait4", errno);
            }
        }

        if (reaped == 0)
        {
            return null;
        }

        long microseconds = ((rusage[0] + rusage[2]) * 1_000_000) + rusage[1] + rusage[3];
        return ProcessExit.FromStatus(reaped, status, TimeSpan.FromMicroseconds(microseconds), rusage[4] * 1024);
    }
}
