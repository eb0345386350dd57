using System.Buffers;
using CodeExec.Linux;

namespace CodeExec.Runner.Hosting;

/// <summary>
/// What waits to be written to the host, and to whoever has a copy. The descriptors never block: a host that reads slowly must not keep the runner from
/// enforcing limits. The runner stops reading a program's output while <see cref="IsBehind"/>.
/// </summary>
internal sealed class HostOutput(FileDescriptor descriptor) : IBufferWriter<byte>
{
    private const int BehindAt = 256 * 1024;

    /// <summary>Who takes nothing of its copy for so long gets no more of it.</summary>
    private static readonly TimeSpan CopyPatience = TimeSpan.FromSeconds(30);

    private byte[] _buffer = new byte[4 * 1024];
    private FileDescriptor? _copy;
    private int _sent;
    private int _copied;
    private TimeSpan _copyTakenAt;
    private int _end;

    public FileDescriptor Descriptor => descriptor;

    public bool HasPending => _end > Start;

    public bool IsBehind => _end - Start > BehindAt;

    /// <summary>Nobody reads any more.</summary>
    public bool IsClosed { get; private set; }

    public bool HasCopy => _copy is not null;

    private int Start => _copy is null ? _sent : Math.Min(_sent, _copied);

    /// <summary>From now on, all goes there as well, until that end is closed.</summary>
    public void CopyTo(FileDescriptor copy)
    {
        _copy = copy;
        _copied = _end;
        _copyTakenAt = MonotonicClock.Now;
        copy.SetNonBlocking();
    }

    /// <summary>What to wait for, so that what is pending can go.</summary>
    public void FillEntries(Span<PollEntry> entries)
    {
        PollEntry none = new(-1, PollEvents.None);
        entries[0] = _end > _sent ? new PollEntry(descriptor.Value, PollEvents.Out) : none;
        entries[1] = _copy is { } copy && _end > _copied ? new PollEntry(copy.Value, PollEvents.Out) : none;
    }

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

    /// <summary>Writes what is taken now.</summary>
    public void Flush()
    {
        IsClosed |= !TryWrite(descriptor, ref _sent);
        FlushCopy();

        if (IsClosed)
        {
            _sent = _end;
        }

        if (!HasPending)
        {
            _sent = _copied = _end = 0;
        }
    }

    private void FlushCopy()
    {
        int before = _copied;
        if (_copy is not { } copy)
        {
            return;
        }

        bool open = TryWrite(copy, ref _copied);
        if (_copied > before || _copied == _end)
        {
            _copyTakenAt = MonotonicClock.Now;
        }

        if (!open || MonotonicClock.Now - _copyTakenAt > CopyPatience)
        {
            _copy = null;
        }
    }

    /// <summary>False when the other end is closed.</summary>
    private bool TryWrite(FileDescriptor target, ref int written)
    {
        try
        {
            while (_end > written)
            {
                int taken = target.Write(_buffer.AsSpan(written, _end - written));
                if (taken < 0)
                {
                    break;
                }

                written += taken;
            }

            return true;
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            return false;
        }
    }

    private void MakeRoom(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 256);
        if (_buffer.Length - _end >= wanted)
        {
            return;
        }

        int start = Start;
        int pending = _end - start;
        byte[] target = _buffer.Length - pending >= wanted ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending + wanted)];
        _buffer.AsSpan(start, pending).CopyTo(target);
        _buffer = target;
        (_sent, _copied, _end) = (_sent - start, _copied - start, pending);
    }
}
