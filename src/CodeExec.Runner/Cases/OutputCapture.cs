using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Runner.Cases;

/// <summary>
/// One of a program's two streams: keeps bytes up to the limit, counts the rest, and gathers small writes so that many tiny lines become
/// few events, though none waits longer than <see cref="LongestWait"/>, and those of a live program not at all.
/// </summary>
internal sealed class OutputCapture : IDisposable
{
    /// <summary>Also the most an event may carry.</summary>
    public const int BufferSize = 32 * 1024;

    private const int EnoughForEvent = 8 * 1024;

    /// <summary>A killed program's pipe holds no more than this, the most an unprivileged process may make it.</summary>
    private const int LargestPipe = 1 << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

    private readonly FileDescriptor _pipe;
    private readonly long _limit;
    private readonly byte[] _buffer;
    private readonly Action<OutputStream, ReadOnlySpan<byte>> _emit;
    private readonly bool _live;
    private int _pending;
    private TimeSpan _pendingSince;
    private TimeSpan? _closedAt;

    public OutputCapture(OutputStream stream, FileDescriptor pipe, long limit, byte[] buffer, Action<OutputStream, ReadOnlySpan<byte>> emit, bool live = false)
    {
        Stream = stream;
        _pipe = pipe;
        _limit = limit;
        _buffer = buffer;
        _emit = emit;
        _live = live;
        _pipe.SetNonBlocking();
    }

    public OutputStream Stream { get; }

    public long Seen { get; private set; }

    public bool IsCut => Seen > _limit;

    public bool IsClosed { get; private set; }

    public PollEntry Entry => IsClosed ? new PollEntry(-1, PollEvents.None) : new PollEntry(_pipe.Value, PollEvents.In);

    /// <summary>When what is pending must go out; null when nothing is.</summary>
    public TimeSpan? DueAt => _pending == 0 ? _closedAt + LongestWait : _pendingSince + LongestWait;

    /// <summary>Reads once what is there.</summary>
    public void Read(TimeSpan now)
    {
        int read = _pipe.Read(_buffer.AsSpan(_pending));
        if (read > 0)
        {
            Take(read, now);
        }

        if (read == 0)
        {
            IsClosed = true;
            _closedAt = _live ? now : null;
        }
    }

    /// <summary>After the program is dead: reads what is still in the pipe, and sends the last event.</summary>
    public void Drain(TimeSpan now)
    {
        long bound = Seen + LargestPipe + BufferSize;
        while (!IsClosed && Seen < bound)
        {
            int read = _pipe.Read(_buffer.AsSpan(_pending));
            if (read <= 0)
            {
                break;
            }

            Take(read, now);
        }

        Emit();
    }

    public void EmitIfDue(TimeSpan now)
    {
        if (_pending >= EnoughForEvent || DueAt <= now || _live)
        {
            Emit();
        }

        if (_closedAt + LongestWait <= now)
        {
            // Not by its end, it seems: somebody may wait for it to speak.
            _closedAt = null;
            _emit(Stream, []);
        }
    }

    public void Dispose() => _pipe.Dispose();

    private void Take(int read, TimeSpan now)
    {
        long keep = Math.Clamp(_limit - Seen, 0, read);
        Seen += read;
        if (keep > 0 && _pending == 0)
        {
            _pendingSince = now;
        }

        _pending += (int)keep;
        if (_pending >= EnoughForEvent)
        {
            Emit();
        }
    }

    private void Emit()
    {
        if (_pending > 0)
        {
            _emit(Stream, _buffer.AsSpan(0, _pending));
            _pending = 0;
        }
    }
}
