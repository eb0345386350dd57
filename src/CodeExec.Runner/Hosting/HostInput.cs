using System.Text;
using CodeExec.Linux;
using CodeExec.Runner.Cases;

namespace CodeExec.Runner.Hosting;

/// <summary>The host's lines: first a job, then what its live program is to read, and perhaps a stop. The end of the stream means that the host is gone.</summary>
internal sealed class HostInput(FileDescriptor descriptor)
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>32 KiB for a program, as base64, and the line around them.</summary>
    private const int LongestCommand = 48 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;

    public FileDescriptor Descriptor => descriptor;

    /// <summary>A FIFO. It is held open for writing, too: that nobody writes to it for a while does not mean that the host is gone.</summary>
    public static HostInput OfPipe(string path)
    {
        using LinuxDirectory root = LinuxDirectory.Open("/");
        return new HostInput(root.OpenFile(Encoding.UTF8.GetBytes(path), OpenFlags.ReadWrite));
    }

    public StdinBuffer LiveStdin { get; } = StdinBuffer.Live();

    /// <summary>What is to happen to <see cref="Descriptor"/>. While a live program does not read, only the host's end is of interest.</summary>
    public PollEntry Entry => new(descriptor.Value, LiveStdin.HasPlenty ? PollEvents.None : PollEvents.In);

    /// <summary>Waits for the whole first line. Null when the host went away before its end.</summary>
    public ReadOnlyMemory<byte>? ReadJobLine()
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _length - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return TakeJobLine(searched + end);
            }

            searched = _length;
            if (Fill() == 0)
            {
                return null;
            }
        }
    }

    /// <summary>Call when something happened to the descriptor. True when the work is to end now.</summary>
    public bool ReadStop() => Fill() == 0 || TakeCommands();

    /// <summary>Takes the lines that have come. True when one is a stop.</summary>
    public bool TakeCommands()
    {
        int start = 0;
        bool stop = false;
        int length;
        while (!stop && (length = _buffer.AsSpan(start, _length - start).IndexOf((byte)'\n')) >= 0)
        {
            stop = RunnerCommandLine.Take(_buffer.AsSpan(start, length), LiveStdin);
            start += length + 1;
        }

        _buffer.AsSpan(start, _length - start).CopyTo(_buffer);
        _length -= start;
        return stop || _length > LongestCommand; // no host of ours says that much at once: stop rather than collect it
    }

    /// <summary>What has come after the job's line and was not looked at.</summary>
    public ReadOnlyMemory<byte> TakeRest()
    {
        ReadOnlyMemory<byte> rest = _buffer.AsMemory(0, _length);
        _buffer = [0];
        _length = 0;
        return rest;
    }

    private ReadOnlyMemory<byte> TakeJobLine(int end)
    {
        byte[] buffer = _buffer;
        int rest = _length - end - 1;
        _buffer = new byte[Math.Max(FirstBuffer, rest)]; // so that a big job's buffer can go
        buffer.AsSpan(end + 1, rest).CopyTo(_buffer);
        _length = rest;
        return buffer.AsMemory(0, end);
    }

    private int Fill()
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read;
        do
        {
            read = descriptor.Read(_buffer.AsSpan(_length));
        }
        while (read < 0 && Poll.WaitFor(descriptor.Value, PollEvents.In, timeout: null));

        _length += Math.Max(0, read);
        return read;
    }
}
