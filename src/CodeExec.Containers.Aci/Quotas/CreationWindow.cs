using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>How many groups were made in a region in the last hour, and when, by all who count together.</summary>
internal sealed record CreationWindow
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What was made within so long is counted as one: an hour takes some hundred numbers, however high the quotas are.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(5);

    public static CreationWindow Empty { get; } = new();

    /// <summary>How often it has changed: of two, the one that changed more often is the later one.</summary>
    public long Changes { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MadeGroups> Made { get; init; } = [];

    /// <summary>Azure had no room.</summary>
    public DateTimeOffset ClosedUntil { get; init; }

    /// <summary>One more. Whose clock is behind counts as if it were where the others' are.</summary>
    public CreationWindow With(DateTimeOffset now)
    {
        List<MadeGroups> made = [.. Made.Where(one => one.Last > now - Hour)];
        DateTimeOffset at = made.Count > 0 && made[^1].Last > now ? made[^1].Last : now;
        if (made.Count > 0 && at - made[^1].First < Grain)
        {
            made[^1] = made[^1] with { Last = at, Count = made[^1].Count + 1 };
        }
        else
        {
            made.Add(new MadeGroups(at, at, 1));
        }

        return this with { Changes = Changes + 1, Made = made };
    }

    public CreationWindow Closed(DateTimeOffset until) => this with { Changes = Changes + 1, ClosedUntil = Later(ClosedUntil, until) };

    /// <summary>Nothing is left of a quota, whoever spent it: there is room when the oldest that is known of has left, or soon if nothing is known.</summary>
    public CreationWindow Spent(RemainingCreations left, DateTimeOffset now, TimeSpan usualPause)
    {
        TimeSpan window = left.InAnHour == 0 ? Hour : FiveMinutes;
        DateTimeOffset oldest = Made.FirstOrDefault(one => one.Last > now - window)?.Last ?? now;
        return Closed(Later(oldest + window, now + usualPause));
    }

    /// <summary>How long until one more may be made; zero: now.</summary>
    public TimeSpan WaitAt(DateTimeOffset now, AciOptions options)
    {
        DateTimeOffset until = Later(ClosedUntil, Later(FreeAfter(Hour, options.CreationsPerHour), FreeAfter(FiveMinutes, options.CreationsPerFiveMinutes)));
        return until > now ? until - now : TimeSpan.Zero;
    }

    // When so many of a window's creations have left it that there is room for one.
    private DateTimeOffset FreeAfter(TimeSpan window, int limit)
    {
        int kept = 0;
        foreach (MadeGroups made in Made.Reverse())
        {
            kept += made.Count;
            if (kept >= limit)
            {
                return made.Last + window;
            }
        }

        return DateTimeOffset.MinValue;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Groups that were made within a moment.</summary>
internal sealed record MadeGroups(DateTimeOffset First, DateTimeOffset Last, int Count);
