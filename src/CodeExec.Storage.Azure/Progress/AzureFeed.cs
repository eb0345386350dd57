using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>
/// A feed that somebody writes, or wrote a moment ago. New entries are in memory, where readers of this process see them at once; they are
/// appended to the blob when they are many or old. Each append is a request that costs money and a block, so a long run appends less often.
/// </summary>
internal sealed class AzureFeed : IDisposable
{
    /// <summary>A writer that drains leaves no more than this unwritten.</summary>
    private const int Much = 256 * 1024;

    private const int OftenUpTo = 100; // blocks

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _saving = new(1); // held by who appends; never taken inside _gate
    private readonly FeedTail _tail = new();
    private readonly FeedBlobs _blobs;
    private readonly ITimer _timer;
    private FeedState _state = FeedState.Unread;
    private FeedEnd _end;
    private bool _isTimerSet;

    /// <param name="onAge">Called when entries are old enough to be written.</param>
    public AzureFeed(ExecutionId id, FeedBlobs blobs, TimeProvider clock, Action<AzureFeed> onAge)
    {
        Id = id;
        _blobs = blobs;
        _timer = clock.CreateTimer(
            _ =>
            {
                lock (_gate)
                {
                    _isTimerSet = false; // before the work: what comes during it is not part of it
                }
                onAge(this);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
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
            if (_state == FeedState.Gone)
            {
                return false;
            }
            if (_state == FeedState.Unread)
            {
                _end = await _blobs.FindEndAsync(Id, cancellationToken);
            }
            lock (_gate)
            {
                if (_state == FeedState.Unread)
                {
                    _tail.StartAfter(_end.LastSequence);
                }
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
        lock (_gate)
        {
            long sequence = _tail.Last + 1;
            _tail.Add(entry with { Sequence = sequence });
            SetTimer();
            return sequence;
        }
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_tail.UnwrittenBytes < Much)
            {
                return ValueTask.CompletedTask;
            }
        }
        return new(SaveAsync(cancellationToken));
    }

    /// <summary>Returns once everything appended before the call is in the blob.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            long upTo = Last;
            while (Unwritten() is { Length: > 0 } entries && entries[0].Sequence <= upTo)
            {
                (byte[] block, int count) = FeedLine.WriteBlock(entries, FeedBlobs.BlockBytes);
                long last = entries[count - 1].Sequence;
                _end = await _blobs.AppendAsync(Id, _end, block, last, cancellationToken);
                lock (_gate)
                {
                    _tail.MarkWritten(last);
                }
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>What memory has after a sequence, or that storage must be asked first.</summary>
    public FeedView View(long after)
    {
        lock (_gate)
        {
            return _state == FeedState.Unread ? new FeedView([], long.MaxValue)
                : after + 1 < _tail.First ? new FeedView(_tail.After(_tail.First - 1), _tail.First - 1)
                : new FeedView(_tail.After(after), StoredUpTo: null);
        }
    }

    /// <summary>What should have been written was not.</summary>
    public void TryAgainLater()
    {
        lock (_gate)
        {
            SetTimer();
        }
    }

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
    public bool TryLeave()
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

    /// <summary>Forgets all that is stored, and all that an open writer may yet append.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await _blobs.DeleteAsync(Id, cancellationToken);
            Leave();
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Whoever still writes: the store closes.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _state = FeedState.Gone;
        }
        Dispose();
    }

    public void Dispose() => _timer.Dispose();

    private void SetTimer()
    {
        if (!_isTimerSet && _state != FeedState.Gone)
        {
            _isTimerSet = true;
            _timer.Change(_end.Blocks < OftenUpTo ? Often : Seldom, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nothing of one that is gone: what is still written to it is forgotten with it.</summary>
    private LogEntry[] Unwritten()
    {
        lock (_gate)
        {
            return _state == FeedState.Gone ? [] : _tail.After(_tail.Written);
        }
    }
}
