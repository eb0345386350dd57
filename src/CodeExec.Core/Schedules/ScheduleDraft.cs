namespace CodeExec.Core.Schedules;

/// <summary>What a client asks for; what is null keeps its value, or takes its default. Nothing in here has been checked.</summary>
public sealed record ScheduleDraft
{
    public string? Name { get; init; }

    public string? Cron { get; init; }

    /// <summary>"UTC" unless given.</summary>
    public string? TimeZone { get; init; }

    /// <summary>"skip" (unless given), "allow" or "replace".</summary>
    public string? Overlap { get; init; }

    /// <summary>"runOnce" (unless given) or "skip".</summary>
    public string? Missed { get; init; }

    /// <summary>ISO 8601 with an offset.</summary>
    public string? EndsAt { get; init; }

    public DraftedWork? Work { get; init; }
}

/// <param name="Json">As it was sent: it is stored so.</param>
public sealed record DraftedWork(ScheduledKind Kind, string Json, ScheduledWork Work);

public abstract record ScheduleOutcome
{
    private ScheduleOutcome()
    {
    }

    /// <summary>Durable, and its times are kept from now on.</summary>
    public sealed record Saved(Schedule Schedule, bool IsNew = false) : ScheduleOutcome;

    /// <summary>Messages by field, as the client names it.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : ScheduleOutcome;

    /// <summary>The idempotency key had been used for another request.</summary>
    public sealed record KeyConflict : ScheduleOutcome;

    public sealed record NotFound : ScheduleOutcome;
}
