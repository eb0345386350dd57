using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CodeExec.Linux;

/// <summary>An open file, pipe end or socket that this process owns and closes. Everything made here is close-on-exec.</summary>
public sealed unsafe class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    public FileDescriptor(int value)
        : base(ownsHandle: true) => SetHandle(value);

    public int Value => (int)handle;

    /// <summary>Bytes read; 0 at the end; -1 when a non-blocking descriptor has nothing now, or a signal came.</summary>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return Transferred("read", Libc.Read(Value, start, buffer.Length));
        }
    }

    /// <summary>Bytes written; -1 when a non-blocking descriptor takes nothing now, or a signal came.</summary>
    public int Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return Transferred("write", Libc.Write(Value, start, buffer.Length));
        }
    }

    public void WriteAll(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int written = Write(buffer);
            if (written < 0)
            {
                Poll.WaitFor(Value, PollEvents.Out, timeout: null);
                continue;
            }

            buffer = buffer[written..];
        }
    }

    /// <summary>Reads at a position, leaving the descriptor's own alone.</summary>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            return Transferred("pread", Libc.PRead(Value, start, buffer.Length, offset));
        }
    }

    public int WriteAt(ReadOnlySpan<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            return Transferred("pwrite", Libc.PWrite(Value, start, buffer.Length, offset));
        }
    }

    /// <summary>A file without a name, in memory, that ends with its last descriptor.</summary>
    public static FileDescriptor CreateInMemory()
    {
        const uint CloseOnExec = 1;
        byte name = 0;
        int descriptor = Libc.MemFdCreate(&name, CloseOnExec);
        return descriptor < 0 ? throw LinuxException.Last("memfd_create") : new FileDescriptor(descriptor);
    }

    public void SetNonBlocking()
    {
        int flags = Libc.Fcntl(Value, Libc.GetStatusFlags, 0);
        if (flags < 0 || Libc.Fcntl(Value, Libc.SetStatusFlags, flags | Libc.NonBlock) < 0)
        {
            throw LinuxException.Last("fcntl");
        }
    }

    public FileDescriptor Duplicate(int atLeast = 3)
    {
        int copy = Libc.Fcntl(Value, Libc.DuplicateCloseOnExec, atLeast);
        return copy < 0 ? throw LinuxException.Last("fcntl") : new FileDescriptor(copy);
    }

    /// <summary>Gives the descriptor away: the caller closes it.</summary>
    public int Detach()
    {
        int value = Value;
        SetHandleAsInvalid();
        return value;
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;

    private static int Transferred(string call, nint result)
    {
        if (result >= 0)
        {
            return (int)result;
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno is Errno.TryAgain or Errno.Interrupted ? -1 : throw new LinuxException(call, errno);
    }
}
