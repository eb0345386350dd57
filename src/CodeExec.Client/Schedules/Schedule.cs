namespace CodeExec.Client;

/// <summary>What the server knows of a schedule.</summary>
public sealed record Schedule
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>"active", "paused" or "ended".</summary>
    public string State { get => field ?? ""; init; }

    public string Cron { get => field ?? ""; init; }

    public string TimeZone { get => field ?? ""; init; }

    /// <summary>"execution" or "batch".</summary>
    public string Kind { get => field ?? ""; init; }

    public string Overlap { get => field ?? ""; init; }

    public string Missed { get => field ?? ""; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Five at most.</summary>
    public IReadOnlyList<DateTimeOffset> NextRuns { get => field ?? []; init; }

    public ScheduleRun? LastRun { get; init; }

    /// <summary>What it starts, without secrets; admins see it.</summary>
    public System.Text.Json.JsonElement? Execution { get; init; }

    public System.Text.Json.JsonElement? Batch { get; init; }
}

/// <param name="For">The time that it was started for.</param>
/// <param name="Outcome">"started", "skipped", "missed" or "refused".</param>
/// <param name="Status">Of what was started, now.</param>
public sealed record ScheduleRun(
    DateTimeOffset For, DateTimeOffset At, string Outcome, bool Manual = false, string? Execution = null, string? Batch = null, string? Reason = null, string? Status = null);

/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record SchedulePage(IReadOnlyList<Schedule> Items, string? Cursor = null);

public sealed record ScheduleRunList(IReadOnlyList<ScheduleRun> Items);
