namespace CodeExec.Contracts.Time;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, on the caller's thread, in the order
/// of their due times, and see the clock at exactly the time they were due.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private DateTimeOffset _now = start;
    private TimeSpan _elapsed;
    private long _order;

    public ManualTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set and have not fired.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <summary>Ends as soon as at least so many timers are set: what to await before <see cref="Advance"/> when the code under test runs elsewhere.</summary>
    public Task WhenTimersAreSetAsync(int count = 1)
    {
        lock (_gate)
        {
            if (_timers.Count >= count)
            {
                return Task.CompletedTask;
            }
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task;
        }
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target = new TimeSpan(GetTimestamp()) + by;
        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }
        lock (_gate)
        {
            MoveTo(target);
        }
    }

    /// <summary>Sets the wall clock as a hand or NTP does, forth or back: timers count elapsed time and do not notice.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            ManualTimer? first = _timers.Where(timer => timer.Due <= target).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (first is null)
            {
                return null;
            }
            MoveTo(first.Due);
            _timers.Remove(first);
            if (first.Period is { } period)
            {
                Set(first, period, period);
            }
            return first;
        }
    }

    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > _elapsed)
        {
            _now += elapsed - _elapsed;
            _elapsed = elapsed;
        }
    }

    private bool Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (timer.IsDisposed)
            {
                return false;
            }
            timer.Period = period > TimeSpan.Zero ? period : null;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _elapsed + dueTime;
                timer.Order = _order++;
                _timers.Add(timer);
                Announce();
            }
            return true;
        }
    }

    private void Announce()
    {
        foreach ((int count, TaskCompletionSource reached) in _waiters.Where(waiter => waiter.Count <= _timers.Count).ToList())
        {
            _waiters.Remove((count, reached));
            reached.SetResult();
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public long Order { get; set; }

        public TimeSpan? Period { get; set; }

        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Set(this, dueTime, period);

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                IsDisposed = true;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
