namespace CodeExec.Engine.Embedded.Timers;

/// <summary>All the engine's waiting, on one timer of the clock, which is set for the earliest.</summary>
internal sealed class TimerQueue : IDisposable
{
    // Looked at again at least this often: the wall clock may be set forward, and a clock's timer counts elapsed time.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly SortedSet<Entry> _entries = [];
    private long _order;
    private bool _closed;

    public TimerQueue(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls <paramref name="fire"/> on the thread pool at the given time, or as soon as possible if that has passed.</summary>
    /// <returns>Dispose it to call it off.</returns>
    public IDisposable Add(DateTimeOffset at, Action fire)
    {
        lock (_gate)
        {
            Entry entry = new(this, at, _order++, fire);
            if (!_closed)
            {
                _entries.Add(entry);
                if (ReferenceEquals(_entries.Min, entry))
                {
                    Arm();
                }
            }
            return entry;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _entries.Clear();
        }
        _timer.Dispose();
    }

    private void Fire()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            while (_entries.Min is { } first && first.At <= now)
            {
                _entries.Remove(first);
                ThreadPool.UnsafeQueueUserWorkItem(static fire => fire(), first.Callback, preferLocal: false);
            }
            Arm();
        }
    }

    private void Arm()
    {
        if (_closed)
        {
            return;
        }
        if (_entries.Min is not { } first)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        TimeSpan sleep = first.At - _clock.GetUtcNow();
        _timer.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep > LongestSleep ? LongestSleep : sleep, Timeout.InfiniteTimeSpan);
    }

    private void Remove(Entry entry)
    {
        lock (_gate)
        {
            bool wasFirst = ReferenceEquals(_entries.Min, entry);
            if (_entries.Remove(entry) && wasFirst)
            {
                Arm();
            }
        }
    }

    private sealed class Entry(TimerQueue queue, DateTimeOffset at, long order, Action callback) : IDisposable, IComparable<Entry>
    {
        public DateTimeOffset At { get; } = at;

        public Action Callback { get; } = callback;

        private long Order { get; } = order;

        public int CompareTo(Entry? other)
            => other is null ? 1 : At.CompareTo(other.At) is int byTime and not 0 ? byTime : Order.CompareTo(other.Order);

        public void Dispose() => queue.Remove(this);
    }
}
