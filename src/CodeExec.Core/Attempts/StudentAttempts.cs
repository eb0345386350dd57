namespace CodeExec.Core.Attempts;

/// <summary>All attempts of one student at one problem or challenge: one document, so that what is decided by it is decided once.</summary>
public sealed record StudentAttempts
{
    /// <summary>So many stand singly; older ones are counted.</summary>
    public const int MostKept = 600;

    public required string Student { get; init; }

    /// <summary>Attempts that counted and no longer stand here.</summary>
    public int Earlier { get; init; }

    public int EarlierExtra { get; init; }

    /// <summary>More attempts, given by a person.</summary>
    public int Given { get; init; }

    /// <summary>How often somebody gave some.</summary>
    public int Grants { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    private IEnumerable<Attempt> Counting => Attempts.Where(attempt => attempt.State != AttemptState.Free);

    public AttemptStanding Standing(AttemptRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        int extra = Math.Max(0, Given - EarlierExtra - Counting.Count(attempt => attempt.IsExtra));
        int? regular = RegularLeft(rules, now);
        int? left = regular is { } some ? Math.Max(0, some) + extra : null;
        DateTimeOffset ready = rules.Pause is { } pause && Counting.LastOrDefault() is { } last && last.At + pause > now ? last.At + pause : now;
        return new AttemptStanding
        {
            Student = Student,
            Rules = rules,
            Used = Earlier + EarlierExtra + Counting.Count(),
            Given = Given,
            Left = left,
            NextAt = left is null or > 0 ? ready : NextPlace(rules, now) is { } free ? (free > ready ? free : ready) : null,
            IsExtra = regular <= 0,
            Now = now,
        };
    }

    /// <summary>With one more attempt, whether or not it may be made.</summary>
    public StudentAttempts With(Attempt attempt) => (this with { Attempts = [.. Attempts, attempt] }).Trimmed();

    /// <summary>What the work of an attempt came to is known, or which work it is.</summary>
    public StudentAttempts Set(string id, string work, AttemptState state)
        => this with { Attempts = [.. Attempts.Select(one => one.Id == id ? one with { Work = work, State = state } : one)] };

    public StudentAttempts Without(string id) => this with { Attempts = [.. Attempts.Where(one => one.Id != id)] };

    private int? RegularLeft(AttemptRules rules, DateTimeOffset now)
    {
        int? inAll = rules.MostInAll - Earlier - Counting.Count(attempt => !attempt.IsExtra);
        int? inTime = rules.MostInTime - InTime(rules, now).Count();
        return inAll is { } one && inTime is { } other ? Math.Min(one, other) : inAll ?? inTime;
    }

    private IEnumerable<Attempt> InTime(AttemptRules rules, DateTimeOffset now) => Counting.Where(attempt => !attempt.IsExtra && attempt.At + rules.Per > now);

    /// <returns>When one of those in the time falls out of it; null if that does not help.</returns>
    private DateTimeOffset? NextPlace(AttemptRules rules, DateTimeOffset now)
    {
        if (rules.MostInTime is not { } most || rules.MostInAll <= Earlier + Counting.Count(attempt => !attempt.IsExtra))
        {
            return null;
        }

        // The rules may have become stricter: then more than one has to go.
        DateTimeOffset[] times = [.. InTime(rules, now).Select(attempt => attempt.At).Order()];
        return times[times.Length - most] + rules.Per;
    }

    private StudentAttempts Trimmed()
    {
        Attempt[] gone = [.. Attempts.Take(Attempts.Count - MostKept)];
        return gone.Length == 0 ? this : this with
        {
            Earlier = Earlier + gone.Count(one => one is { State: not AttemptState.Free, IsExtra: false }),
            EarlierExtra = EarlierExtra + gone.Count(one => one is { State: not AttemptState.Free, IsExtra: true }),
            Attempts = [.. Attempts.Skip(gone.Length)],
        };
    }
}
