namespace CodeExec.Core.Attempts;

/// <summary>
/// Counts attempts. Each is written down before its work is accepted, so that of many at once no more get through than there are left; what
/// comes of the work is noted when it has ended. A crash in between leaves an attempt without work, which soon counts no more.
/// </summary>
public sealed class AttemptLedger(AttemptStore store, IEnumerable<IAttemptedWork> works, TimeProvider clock)
{
    /// <summary>So long may the acceptance of work take. What takes longer is counted when it has ended.</summary>
    private static readonly TimeSpan Acceptance = TimeSpan.FromSeconds(30);

    private DateTimeOffset _goneBefore = DateTimeOffset.MinValue;

    /// <summary>No other process accepts work: what was taken until now and has no work is of one that is gone.</summary>
    public void IsTheOnlyProcess() => _goneBefore = clock.GetUtcNow();

    /// <summary>One more attempt, or the one that was made with this id or key before.</summary>
    /// <returns>Its place, with where the student then stands; or none, and nothing was changed.</returns>
    public async Task<(Attempt? Attempt, bool IsNew, AttemptStanding Standing)> TakeAsync(
        AttemptSubject subject, string student, AttemptRules rules, Attempt wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        while (true)
        {
            (StudentAttempts known, long revision) = await ReadAsync(subject, student, cancellationToken);
            DateTimeOffset now = clock.GetUtcNow();
            if (await FindEarlierAsync(subject, known, wanted, cancellationToken) is { } earlier)
            {
                return (earlier, false, known.Standing(rules, now));
            }

            AttemptStanding standing = known.Standing(rules, now);
            if (standing.MayTry)
            {
                Attempt attempt = wanted with { At = now, IsExtra = standing.IsExtra };
                StudentAttempts changed = known.With(attempt);
                if (await store.TryWriteAsync(subject, changed, revision, cancellationToken))
                {
                    return (attempt, true, changed.Standing(rules, now));
                }
            }
            else if (await BringUpToDateAsync(subject, known, cancellationToken) is var changed && !ReferenceEquals(changed, known))
            {
                await store.TryWriteAsync(subject, changed, revision, cancellationToken); // written or not: look again
            }
            else
            {
                return (null, false, standing);
            }
        }
    }

    /// <summary>Nothing came of an attempt: it was never made.</summary>
    public Task ReleaseAsync(AttemptSubject subject, string student, string id, CancellationToken cancellationToken)
        => ChangeAsync(subject, student, known => known.Attempts.Any(one => one.Id == id && one.State == AttemptState.Open) ? known.Without(id) : known, cancellationToken);

    /// <summary>Which work an attempt is.</summary>
    public Task BindAsync(AttemptSubject subject, string student, string id, string work, CancellationToken cancellationToken)
        => ChangeAsync(subject, student, known => known.Attempts.FirstOrDefault(one => one.Id == id) is { State: AttemptState.Open } open && open.Work != work ? known.Set(id, work, AttemptState.Open) : known, cancellationToken);

    /// <summary>Its work has ended. Repeating it is harmless.</summary>
    /// <param name="at">When it was made: one whose acceptance took so long that it was given up counts after all.</param>
    public Task SettleAsync(AttemptSubject subject, CountedAttempt attempt, string work, DateTimeOffset at, AttemptFate fate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (fate is not (AttemptFate.Counts or AttemptFate.IsFree))
        {
            return Task.CompletedTask;
        }

        AttemptState state = StateOf(fate);
        return ChangeAsync(
            subject,
            attempt.Student,
            known => known.Attempts.FirstOrDefault(one => one.Id == attempt.Id) is not { } there ? (state == AttemptState.Free ? known : known.With(new Attempt { Id = attempt.Id, At = at, Work = work, State = state }))
                : there.State == state && there.Work == work ? known
                : known.Set(attempt.Id, work, state),
            cancellationToken);
    }

    /// <summary>A student's attempts as they are now; of one who has made none, none.</summary>
    public async Task<StudentAttempts> FindAsync(AttemptSubject subject, string student, CancellationToken cancellationToken)
    {
        (StudentAttempts known, long revision) = await ReadAsync(subject, student, cancellationToken);
        StudentAttempts changed = await BringUpToDateAsync(subject, known, cancellationToken);
        if (!ReferenceEquals(changed, known))
        {
            await store.TryWriteAsync(subject, changed, revision, cancellationToken); // else somebody has brought it further
        }

        return changed;
    }

    /// <summary>Where a student stands by now, by the same rules.</summary>
    public async Task<AttemptStanding> StandingAsync(AttemptSubject subject, AttemptStanding before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        return (await FindAsync(subject, before.Student, cancellationToken)).Standing(before.Rules, clock.GetUtcNow());
    }

    /// <summary>Gives a student more attempts, or takes some back. With a key that was used before nothing more is given.</summary>
    public async Task<StudentAttempts> GiveAsync(AttemptSubject subject, string student, AttemptGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        while (true)
        {
            (StudentAttempts known, long revision) = await ReadAsync(subject, student, cancellationToken);
            if (grant.Key is not null && (await store.ListGrantsAsync(subject, student, cancellationToken)).Any(one => one.Key == grant.Key))
            {
                return known;
            }

            StudentAttempts changed = known with { Given = known.Given + grant.Attempts, Grants = known.Grants + 1 };
            if (await store.TryWriteAsync(subject, changed, revision, grant, cancellationToken))
            {
                return changed;
            }
        }
    }

    /// <returns>None, at revision 0, of one who has made none.</returns>
    private async Task<(StudentAttempts Known, long Revision)> ReadAsync(AttemptSubject subject, string student, CancellationToken cancellationToken)
        => await store.FindAsync(subject, student, cancellationToken) ?? (new StudentAttempts { Student = student }, 0);

    private static AttemptState StateOf(AttemptFate fate) => fate == AttemptFate.IsFree ? AttemptState.Free : AttemptState.Counted;

    // One whose work is gone was another request's: a key is free again when what it made was deleted.
    private async Task<Attempt?> FindEarlierAsync(AttemptSubject subject, StudentAttempts known, Attempt wanted, CancellationToken cancellationToken)
        => known.Attempts.LastOrDefault(one => one.Id == wanted.Id || (wanted.Key is not null && one.Key == wanted.Key)) is { } same
            && ((same.State == AttemptState.Open && !IsLate(same)) || await LookAsync(subject, same, cancellationToken) != AttemptFate.Unknown)
            ? same
            : null;

    private bool IsLate(Attempt open) => open.At < _goneBefore || clock.GetUtcNow() - open.At > Acceptance;

    /// <returns>The same object if nothing has changed.</returns>
    private async Task<StudentAttempts> BringUpToDateAsync(AttemptSubject subject, StudentAttempts known, CancellationToken cancellationToken)
    {
        StudentAttempts changed = known;
        foreach (Attempt open in known.Attempts.Where(attempt => attempt.State == AttemptState.Open))
        {
            AttemptFate fate = await LookAsync(subject, open, cancellationToken);
            changed = fate switch
            {
                AttemptFate.Counts or AttemptFate.IsFree => changed.Set(open.Id, open.Work, StateOf(fate)),
                AttemptFate.Unknown when IsLate(open) => changed.Without(open.Id),
                _ => changed,
            };
        }

        return changed;
    }

    private Task<AttemptFate> LookAsync(AttemptSubject subject, Attempt attempt, CancellationToken cancellationToken)
        => works.First(one => one.Kind == subject.Kind).LookAsync(subject.Tenant, attempt.Work, cancellationToken);

    private async Task ChangeAsync(AttemptSubject subject, string student, Func<StudentAttempts, StudentAttempts> change, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(subject, student, cancellationToken) is { } found)
        {
            StudentAttempts changed = change(found.Value);
            if (ReferenceEquals(changed, found.Value) || await store.TryWriteAsync(subject, changed, found.Revision, cancellationToken))
            {
                return;
            }
        }
    }
}
