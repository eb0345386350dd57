using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>A handle on a process that can not come to mean another one. Readable (see <see cref="Poll"/>) once the process has ended.</summary>
public sealed class PidFd : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private PidFd(int pid, FileDescriptor descriptor)
    {
        Pid = pid;
        _descriptor = descriptor;
    }

    public int Pid { get; }

    public int Descriptor => _descriptor.Value;

    public FileDescriptor Handle => _descriptor;

    /// <summary>A handle that another process opened and handed over. Its pid is not known here (0): it may have none in this namespace.</summary>
    public static PidFd FromDescriptor(FileDescriptor descriptor) => new(0, descriptor);

    /// <summary>Null when there is no such process.</summary>
    public static PidFd? Open(int pid)
    {
        int descriptor = (int)Libc.SystemCall(Libc.PidFdOpen, pid, 0, 0, 0);
        if (descriptor >= 0)
        {
            return new PidFd(pid, new FileDescriptor(descriptor));
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno is Errno.NoProcess ? null : throw new LinuxException("pidfd_open", errno);
    }

    /// <summary>False when the process has ended and was reaped.</summary>
    public bool Send(int signal)
    {
        if (Libc.SystemCall(Libc.PidFdSendSignal, Descriptor, signal, 0, 0) == 0)
        {
            return true;
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NoProcess ? false : throw new LinuxException("pidfd_send_signal", errno);
    }

    /// <summary>False when the time is up before the process ended.</summary>
    public bool WaitForExit(TimeSpan? timeout) => Poll.WaitFor(Descriptor, PollEvents.In, timeout);

    public void Dispose() => _descriptor.Dispose();
}
