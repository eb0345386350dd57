using System.Text.Json.Serialization;
using CodeExec.Core.Executions;
using CodeExec.Core.Schedules.Cron;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Schedules;

/// <summary>Work that is started again and again, at the times of a cron expression.</summary>
public sealed record Schedule
{
    /// <summary>How many of its last runs are remembered with it; the others are found by their label.</summary>
    public const int MostRuns = 50;

    /// <summary>Names the schedule on all that it starts.</summary>
    public const string Label = "schedule";

    /// <summary>Says for what time it was started.</summary>
    public const string TimeLabel = "scheduledFor";

    public required string Id { get; init; }

    public required TenantId Tenant { get; init; }

    public string? Name { get; init; }

    public required string Cron { get; init; }

    /// <summary>As IANA names it.</summary>
    public required string TimeZone { get; init; }

    public ScheduledKind Kind { get; init; }

    /// <summary>Where what it starts lies, encrypted.</summary>
    public string Work { get; init; } = "";

    public OverlapPolicy Overlap { get; init; }

    public MissedPolicy Missed { get; init; }

    /// <summary>Nothing is started after it.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>It goes as soon as nobody waits for its times any more.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Only times after this one count: the last that was seen to, or when the schedule was changed.</summary>
    public required DateTimeOffset After { get; init; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<ScheduleRun> Runs { get; init; } = [];

    [JsonIgnore]
    public bool IsWorking => !IsPaused && !IsDeleted;

    /// <summary>The times that are to come, in order: none of one that is paused.</summary>
    public IEnumerable<DateTimeOffset> NextTimes()
        => IsWorking ? Occurrences().After(After).TakeWhile(time => EndsAt is null || time <= EndsAt) : [];

    /// <returns>Null if none is to come.</returns>
    public DateTimeOffset? NextTime() => NextTimes().Cast<DateTimeOffset?>().FirstOrDefault();

    /// <exception cref="InvalidOperationException">What was checked when it was stored is so no longer.</exception>
    public Occurrences Occurrences()
        => new(CronExpression.TryParse(Cron, out CronExpression? expression, out string? mistake) ? expression : throw new InvalidOperationException(mistake), TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    /// <summary>With a run more. One that stands there already is not added again.</summary>
    public Schedule With(ScheduleRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Runs.Any(one => one.IsSameAs(run)) ? this : this with { Runs = [.. Runs.Append(run).TakeLast(MostRuns)] };
    }
}

public enum ScheduledKind
{
    Execution,
    Batch,
}

/// <summary>What to do when its time comes while an earlier run has not ended.</summary>
public enum OverlapPolicy
{
    Skip,
    Allow,

    /// <summary>The earlier ones are stopped.</summary>
    Replace,
}

/// <summary>What to do about times at which nobody was there.</summary>
public enum MissedPolicy
{
    /// <summary>One run for all of them.</summary>
    RunOnce,
    Skip,
}

/// <param name="For">The time that it was started for.</param>
/// <param name="At">When that was seen to.</param>
/// <param name="Reason">Why nothing was started; or what was stopped for it.</param>
public sealed record ScheduleRun(DateTimeOffset For, DateTimeOffset At, RunOutcome Outcome, bool IsManual = false, ExecutionId? Execution = null, Batches.BatchId? Batch = null, string? Reason = null)
{
    public bool IsSameAs(ScheduleRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Execution is not null || Batch is not null
            ? Execution == other.Execution && Batch == other.Batch
            : other is { Execution: null, Batch: null } && For == other.For && IsManual == other.IsManual;
    }
}

public enum RunOutcome
{
    Started,

    /// <summary>An earlier run had not ended.</summary>
    Skipped,

    /// <summary>Nobody was there at its time.</summary>
    Missed,

    /// <summary>It can no longer be started as it is: a problem or a language has gone.</summary>
    Refused,
}
