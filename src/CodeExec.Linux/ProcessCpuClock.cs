namespace CodeExec.Linux;

/// <summary>The CPU time of all threads of one process, to the nanosecond; not that of its children.</summary>
public static unsafe class ProcessCpuClock
{
    private const int OwnProcess = 2; // CLOCK_PROCESS_CPUTIME_ID

    public static TimeSpan ReadOwn() => TryRead(OwnProcess) ?? throw LinuxException.Last("clock_gettime");

    /// <summary>Null when the process is gone.</summary>
    public static TimeSpan? Read(int pid) => TryRead((~pid << 3) | 2); // as clock_getcpuclockid(3) makes it

    private static TimeSpan? TryRead(int clock)
    {
        KernelTime time;
        return Libc.ClockGetTime(clock, &time) < 0 ? null : time.ToTimeSpan();
    }
}
