using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>
/// How much room a region has for groups: what this host made itself in two sliding windows, what Azure said is left for the whole
/// subscription, and how many groups there are, those of other hosts as they were seen last.
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
    private readonly Dictionary<string, bool> _groups = new(StringComparer.Ordinal); // by name: whether Azure has it by now
    private int _others;

    public AciRegion Region => region;

    public bool IsFullOfGroups
    {
        get
        {
            lock (_gate)
            {
                return HasTooMany;
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

    /// <summary>The groups of this host that Azure has.</summary>
    public IReadOnlyList<string> Groups
    {
        get
        {
            lock (_gate)
            {
                return [.. _groups.Where(group => group.Value).Select(group => group.Key)];
            }
        }
    }

    private bool HasTooMany => _groups.Count + _others >= options.MaxGroups;

    /// <summary>Takes room for one group, if there is.</summary>
    public bool TryTake(string name)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (HasTooMany || WaitAt(now) > TimeSpan.Zero)
            {
                return false;
            }

            _made.Enqueue(now);
            _groups.Add(name, false);
            return true;
        }
    }

    /// <summary>Azure has accepted it.</summary>
    public void HasMade(string name)
    {
        lock (_gate)
        {
            _groups[name] = true;
        }
    }

    /// <summary>A group is gone. That it was made still counts.</summary>
    public void Leave(string name)
    {
        lock (_gate)
        {
            _groups.Remove(name);
        }
    }

    /// <summary>Takes over what Azure lists: others remove groups that this host has let go of, and make some themselves.</summary>
    /// <param name="known">Of this host (<see cref="Groups"/>), from before the list was asked for.</param>
    /// <param name="listed">All that are there, whoever made them.</param>
    public void Compare(IReadOnlyList<string> known, IReadOnlySet<string> listed)
    {
        lock (_gate)
        {
            foreach (string gone in known.Where(name => !listed.Contains(name)))
            {
                _groups.Remove(gone);
            }

            _others = listed.Count(name => !_groups.ContainsKey(name));
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
