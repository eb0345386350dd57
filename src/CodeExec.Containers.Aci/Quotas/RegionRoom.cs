using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>
/// How much room a region has for groups of this host: what it made itself in two sliding windows, what Azure said is left for the whole
/// subscription, and how many groups there are.
/// </summary>
internal sealed class RegionRoom(AciRegion region, AciOptions options, TimeProvider clock)
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>For a refusal that does not say when to come again.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _made = new();
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;
    private int _groups;

    public AciRegion Region => region;

    public bool IsFullOfGroups
    {
        get
        {
            lock (_gate)
            {
                return _groups >= options.MaxGroups;
            }
        }
    }

    /// <summary>How long until one more group may be made; zero: now.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                return WaitAt(clock.GetUtcNow());
            }
        }
    }

    /// <summary>Takes room for one group, if there is.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_groups >= options.MaxGroups || WaitAt(now) > TimeSpan.Zero)
            {
                return false;
            }

            _made.Enqueue(now);
            _groups++;
            return true;
        }
    }

    /// <summary>A group is gone. That it was made still counts.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _groups--;
        }
    }

    /// <summary>Azure had no room.</summary>
    public void Close(TimeSpan? retryAfter) => CloseUntil(clock.GetUtcNow() + (retryAfter ?? UsualPause));

    /// <summary>Others may have made groups, too: what Azure says counts, and when nothing is left, the oldest of ours is the best guess of when there is.</summary>
    public void Learn(RemainingCreations left)
    {
        if (left.InFiveMinutes == 0 || left.InAnHour == 0)
        {
            TimeSpan window = left.InAnHour == 0 ? Hour : FiveMinutes;
            lock (_gate)
            {
                DateTimeOffset now = clock.GetUtcNow();
                DateTimeOffset oldest = _made.FirstOrDefault(at => at > now - window, now);
                _closedUntil = Max(_closedUntil, Max(oldest + window, now + UsualPause));
            }
        }
    }

    private void CloseUntil(DateTimeOffset until)
    {
        lock (_gate)
        {
            _closedUntil = Max(_closedUntil, until);
        }
    }

    private TimeSpan WaitAt(DateTimeOffset now)
    {
        while (_made.TryPeek(out DateTimeOffset oldest) && oldest <= now - Hour)
        {
            _made.Dequeue();
        }

        DateTimeOffset until = Max(_closedUntil, Max(FreeAfter(Hour, options.CreationsPerHour), FreeAfter(FiveMinutes, options.CreationsPerFiveMinutes)));
        return until > now ? until - now : TimeSpan.Zero;
    }

    // When so many of a window's creations have left it that there is room for one.
    private DateTimeOffset FreeAfter(TimeSpan window, int limit) => _made.Count < limit ? DateTimeOffset.MinValue : _made.ElementAt(_made.Count - limit) + window;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
