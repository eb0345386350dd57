namespace CodeExec.Runner.Cases;

/// <summary>What a program has still to read: all of it at once, or for a live case what has come so far.</summary>
internal sealed class StdinBuffer
{
    /// <summary>With so much unread the host is kept waiting, and by it whoever writes.</summary>
    private const int Plenty = 64 * 1024;

    private byte[] _data;
    private int _start;
    private int _end;
    private bool _dropped;

    private StdinBuffer(byte[] data, bool isComplete)
    {
        _data = data;
        _end = data.Length;
        IsComplete = isComplete;
    }

    /// <summary>Nothing comes any more.</summary>
    public bool IsComplete { get; private set; }

    public bool HasPlenty => _end - _start >= Plenty;

    public ReadOnlySpan<byte> Unread => _data.AsSpan(_start, _end - _start);

    public static StdinBuffer Of(byte[] data) => new(data, isComplete: true);

    public static StdinBuffer Live() => new([], isComplete: false);

    public void Add(ReadOnlySpan<byte> data)
    {
        if (_dropped || IsComplete)
        {
            return;
        }

        if (_data.Length - _end < data.Length)
        {
            byte[] target = _data.Length - Unread.Length >= data.Length ? _data : new byte[Math.Max(_data.Length * 2, Unread.Length + data.Length)];
            Unread.CopyTo(target);
            (_data, _start, _end) = (target, 0, Unread.Length);
        }

        data.CopyTo(_data.AsSpan(_end));
        _end += data.Length;
    }

    public void Complete() => IsComplete = true;

    public void Took(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    /// <summary>Nobody will read what is there and what comes.</summary>
    public void Drop()
    {
        _dropped = true;
        _start = _end;
    }
}
