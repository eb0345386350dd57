using CodeExec.Linux;

namespace CodeExec.Runner.Hosting;

/// <summary>The host's lines: first a job, then perhaps a stop. The end of the stream means that the host is gone.</summary>
internal sealed class HostInput(FileDescriptor descriptor)
{
    private const int MaxCommandBytes = 4096;

    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public FileDescriptor Descriptor => descriptor;

    /// <summary>Waits for the whole first line. Null when the host went away before its end.</summary>
    public ReadOnlyMemory<byte>? ReadJobLine()
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _length - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return TakeLine(searched + end);
            }

            searched = _length;
            if (Fill() == 0)
            {
                return null;
            }
        }
    }

    /// <summary>Call when the descriptor is readable. True when the work is to end now.</summary>
    public bool ReadStop() => Fill() == 0 || HasStopLine();

    /// <summary>Whether a stop came along with the job.</summary>
    public bool HasStopLine()
    {
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf((byte)'\n')) >= 0)
        {
            if (RunnerCommandLine.IsStop(TakeLine(end).Span))
            {
                return true;
            }
        }

        return _length > MaxCommandBytes; // no host of ours says that much: stop rather than collect it
    }

    /// <summary>What has come after the job's line and was not looked at.</summary>
    public ReadOnlyMemory<byte> TakeRest()
    {
        ReadOnlyMemory<byte> rest = _buffer.AsMemory(0, _length);
        _buffer = [0];
        _length = 0;
        return rest;
    }

    private ReadOnlyMemory<byte> TakeLine(int end)
    {
        byte[] buffer = _buffer;
        int rest = _length - end - 1;
        _buffer = new byte[Math.Max(MaxCommandBytes, rest)]; // so that a big job's buffer can go
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
