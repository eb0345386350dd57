using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Storage.Local.Progress;

/// <summary>
/// A feed that somebody writes, or wrote a moment ago. New entries are in memory, where readers see them at once; they go to a file when
/// they are many or old, and all of a short feed goes to a row when it is flushed.
/// </summary>
internal sealed partial class Feed : IDisposable
{
    /// <summary>A feed up to here is kept in a row, and more than that is not left unwritten by a writer that drains.</summary>
    public const int Short = 32 * 1024;

    /// <summary>A writer that does not drain waits for the disk from here on.</summary>
    private const int TooMuch = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _saving = new(1); // held by who uses _kept; never taken inside _gate
    private readonly FeedTail _tail = new();
    private readonly FeedKeeper _kept;
    private readonly FeedTimer _timer;
    private FeedState _state = FeedState.Unread;

    /// <param name="onAge">Called when entries are old enough to be written.</param>
    public Feed(ExecutionId id, FeedStorage storage, TimeProvider clock, Action<Feed> onAge)
    {
        Id = id;
        _kept = new(id, storage);
        _timer = new(clock, () => onAge(this));
    }

    public ExecutionId Id { get; }

    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _tail.Last;
            }
        }
    }

    /// <summary>Opens the feed for one writer, after what is stored of it.</summary>
    /// <returns>False if the feed has gone from memory: take a new one.</returns>
    public async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            FeedState state = _state;
            if (state == FeedState.Gone)
            {
                return false;
            }
            if (state == FeedState.Unread)
            {
                Load();
            }
            lock (_gate)
            {
                _state = _state == FeedState.Open ? throw new FeedInUseException(Id) : FeedState.Open;
            }
            return true;
        }
        finally
        {
            _saving.Release();
        }
    }

    public long Append(LogEntry entry)
    {
        bool tooMuch;
        long sequence;
        lock (_gate)
        {
            sequence = _tail.Last + 1;
            _tail.Add(entry with { Sequence = sequence });
            tooMuch = _tail.UnwrittenBytes > TooMuch;
        }
        _timer.Set();
        if (tooMuch)
        {
            SaveAsync(durably: false, CancellationToken.None).GetAwaiter().GetResult(); // the writer did not drain: it is made to
        }
        return sequence;
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_tail.UnwrittenBytes < Short)
            {
                return ValueTask.CompletedTask;
            }
        }
        return new(SaveAsync(durably: false, cancellationToken));
    }

    /// <summary>Writes what is not written; with <paramref name="durably"/> it is on the disk when this returns.</summary>
    public async Task SaveAsync(bool durably, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            if (_state == FeedState.Gone)
            {
                MarkWritten(Last); // deleted: what is still written to it is forgotten with it
                return;
            }
            LogEntry[] all = [];
            lock (_gate)
            {
                if (durably && _kept.Durable == _tail.Last)
                {
                    return;
                }
                if (durably && _tail.First == 1 && _tail.Bytes <= Short)
                {
                    all = _tail.After(0);
                }
            }
            if (all.Length > 0)
            {
                await _kept.WriteRowAsync(all, cancellationToken);
                MarkWritten(all[^1].Sequence);
                return;
            }
            AppendToFile();
            if (durably)
            {
                await _kept.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>What memory has after a sequence, or that storage must be asked first.</summary>
    public FeedView View(long after, int limit)
    {
        lock (_gate)
        {
            return _state == FeedState.Unread || after + 1 < _tail.First
                ? new FeedView([], StoredUpTo: _state == FeedState.Unread ? long.MaxValue : _tail.First - 1)
                : new FeedView(_tail.After(after, limit), StoredUpTo: null);
        }
    }

    /// <summary>What should have been written was not.</summary>
    public void TryAgainLater() => _timer.Set();

    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _state == FeedState.Closed;
            }
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _state = _state == FeedState.Open ? FeedState.Closed : _state;
        }
    }

    /// <summary>Leaves memory if nobody writes and everything is written.</summary>
    public async Task<bool> TryLeaveAsync()
    {
        await _saving.WaitAsync(CancellationToken.None);
        try
        {
            lock (_gate)
            {
                if (_state != FeedState.Closed || _tail.Written != _tail.Last)
                {
                    return false;
                }
                _state = FeedState.Gone;
            }
            Dispose();
            return true;
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Makes all durable and leaves memory, whoever still writes: the store closes.</summary>
    public async Task SaveAndLeaveAsync()
    {
        try
        {
            await SaveAsync(durably: true, CancellationToken.None);
        }
        finally
        {
            await _saving.WaitAsync(CancellationToken.None);
            lock (_gate)
            {
                _state = FeedState.Gone;
            }
            Dispose();
            _saving.Release();
        }
    }

    /// <summary>Forgets all that is stored, and all that an open writer may yet append.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await _kept.DeleteAsync(cancellationToken);
            lock (_gate)
            {
                _state = FeedState.Gone;
            }
            Dispose();
        }
        finally
        {
            _saving.Release();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _kept.Dispose();
    }

    private void Load()
    {
        (List<LogEntry> whole, long last) = _kept.Load();
        lock (_gate)
        {
            if (whole.Count == last)
            {
                whole.ForEach(_tail.Add); // kept whole, so that it may be a row again
                _tail.MarkWritten(last);
            }
            else
            {
                _tail.StartAfter(last);
            }
            _state = FeedState.Closed;
        }
    }

    private void AppendToFile()
    {
        LogEntry[] unwritten;
        lock (_gate)
        {
            unwritten = _tail.After(_tail.Written);
        }
        if (unwritten.Length > 0)
        {
            _kept.Append(unwritten);
            MarkWritten(unwritten[^1].Sequence);
        }
    }

    private void MarkWritten(long sequence)
    {
        lock (_gate)
        {
            _tail.MarkWritten(sequence);
        }
    }
}
