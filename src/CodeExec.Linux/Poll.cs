using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>Waits until one of several descriptors can be used, to the nanosecond (ppoll).</summary>
public static unsafe class Poll
{
    /// <summary>How many entries something happened to; 0 after the time is up or a signal came.</summary>
    public static int Wait(Span<PollEntry> entries, TimeSpan? timeout)
    {
        KernelTime time = default;
        if (timeout is { } wait)
        {
            long ticks = Math.Max(0, wait.Ticks);
            time.Seconds = ticks / TimeSpan.TicksPerSecond;
            time.Nanoseconds = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        }

        fixed (PollEntry* first = entries)
        {
            int ready = Libc.PPoll(first, (nuint)entries.Length, timeout is null ? null : &time, null);
            if (ready >= 0)
            {
                return ready;
            }
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.Interrupted ? 0 : throw new LinuxException("ppoll", errno);
    }

    /// <summary>False when the time is up.</summary>
    public static bool WaitFor(int descriptor, PollEvents wanted, TimeSpan? timeout)
    {
        PollEntry entry = new(descriptor, wanted);
        return Wait(new Span<PollEntry>(ref entry), timeout) > 0;
    }
}
