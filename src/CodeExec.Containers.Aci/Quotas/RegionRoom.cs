using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>
/// How much room a region has for groups: what this host and those that count with it made in two sliding windows (<see cref="CreationLedger"/>), what Azure said is left for the whole
/// subscription, and how many groups there are, those of other hosts as they were seen last.
/// </summary>
internal sealed class RegionRoom(AciRegion region, CreationLedger ledger, AciOptions options, TimeProvider clock)
{
    /// <summary>For a refusal that does not say when to come again.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private CreationWindow _made = CreationWindow.Empty; // as it was seen last: others may have made more since, and nobody less
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

    /// <summary>How long until one more group may be made, as far as this host has heard; zero: now.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                return _made.WaitAt(clock.GetUtcNow(), options);
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
    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (HasTooMany || _made.WaitAt(clock.GetUtcNow(), options) > TimeSpan.Zero)
            {
                return false;
            }

            _groups.Add(name, false);
        }

        bool taken = false;
        try
        {
            taken = await TryChangeAsync(made => clock.GetUtcNow() is var now && made.WaitAt(now, options) > TimeSpan.Zero ? null : made.With(now), cancellationToken);
            return taken;
        }
        finally
        {
            if (!taken)
            {
                Leave(name);
            }
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
    public Task CloseAsync(TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + (retryAfter ?? UsualPause);
        return TryChangeAsync(made => made.Closed(until), cancellationToken);
    }

    /// <summary>Others may have made groups whom nobody counts with: what Azure says counts.</summary>
    public Task LearnAsync(RemainingCreations left, CancellationToken cancellationToken)
        => left.InFiveMinutes == 0 || left.InAnHour == 0 ? TryChangeAsync(made => made.Spent(left, clock.GetUtcNow(), UsualPause), cancellationToken) : Task.CompletedTask;

    /// <summary>Hears of what others made.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(region.Name, cancellationToken) is { } read)
        {
            See(read);
        }
    }

    private async Task<bool> TryChangeAsync(Func<CreationWindow, CreationWindow?> change, CancellationToken cancellationToken)
    {
        if (await ledger.TryChangeAsync(region.Name, change, cancellationToken) is { } told)
        {
            See(told.Window);
            return told.Changed;
        }

        lock (_gate)
        {
            if (change(_made) is not { } changed)
            {
                return false;
            }

            _made = changed with { Changes = _made.Changes }; // only this host knows: what is read next counts instead
            return true;
        }
    }

    private void See(CreationWindow made)
    {
        lock (_gate)
        {
            _made = made.Changes >= _made.Changes ? made : _made;
        }
    }
}
