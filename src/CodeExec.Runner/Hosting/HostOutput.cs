using System.Buffers;
using CodeExec.Linux;

namespace CodeExec.Runner.Hosting;

/// <summary>
/// What waits to be written to the host. The descriptor never blocks: a host that reads slowly must not keep the runner from
/// enforcing limits. The runner stops reading a program's output while <see cref="IsBehind"/>.
/// </summary>
internal sealed class HostOutput(FileDescriptor descriptor) : IBufferWriter<byte>
{
    private const int BehindAt = 256 * 1024;

    private byte[] _buffer = new byte[4 * 1024];
    private int _start;
    private int _end;

    public FileDescriptor Descriptor => descriptor;

    public bool HasPending => _end > _start;

    public bool IsBehind => _end - _start > BehindAt;

    /// <summary>Nobody reads any more.</summary>
    public bool IsClosed { get; private set; }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>Writes what the host takes now.</summary>
    public void Flush()
    {
        try
        {
            while (HasPending && !IsClosed)
            {
                int written = descriptor.Write(_buffer.AsSpan(_start, _end - _start));
                if (written < 0)
                {
                    return;
                }

                _start += written;
            }
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            IsClosed = true;
        }

        _start = _end = 0;
    }

    private void MakeRoom(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 256);
        if (_buffer.Length - _end >= wanted)
        {
            return;
        }

        int pending = _end - _start;
        byte[] target = _buffer.Length - pending >= wanted ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending + wanted)];
        _buffer.AsSpan(_start, pending).CopyTo(target);
        _buffer = target;
        (_start, _end) = (0, pending);
    }
}
