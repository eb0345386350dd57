using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Cron;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Schedules.Running;

/// <summary>
/// Sees to a time of a schedule that has come. What it starts is found again by its key, which is made of the schedule and the time: a repeated call
/// starts nothing a second time.
/// </summary>
public sealed class FireSchedule(
    ScheduleStore schedules, WorkStarter starter, EarlierRuns earlier, ScheduleMetrics metrics, IOptions<ScheduleOptions> options, TimeProvider clock, ILogger<FireSchedule> logger)
    : IActivity<ScheduleTick, TimeSpan?>
{
    public async Task<TimeSpan?> RunAsync(ActivityContext context, ScheduleTick input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await schedules.FindAsync(input.Tenant, input.Id, cancellationToken) is not { } schedule || schedule.NextTime() != input.At)
        {
            return null; // seen to already; or paused, changed or deleted meanwhile
        }

        DateTimeOffset time = LastOf(schedule, input.At);
        (ScheduleRun? run, TimeSpan? wait) = await SeeToAsync(schedule, time, cancellationToken);
        if (run is null)
        {
            return wait;
        }

        await schedules.ChangeAsync(
            input.Tenant, input.Id, one => one.With(run) with { After = one.After > time ? one.After : time }, cancellationToken);
        metrics.Count(run.Outcome);
        logger.ScheduleFired(schedule.Id, time, run.Outcome);
        return null;
    }

    /// <summary>Of several that have passed while nobody was there, the last one counts.</summary>
    private DateTimeOffset LastOf(Schedule schedule, DateTimeOffset first)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Occurrences times = schedule.Occurrences();
        return now <= first ? first : times.Last(first, schedule.EndsAt < now ? schedule.EndsAt.Value : now) ?? first;
    }

    private async Task<(ScheduleRun? Run, TimeSpan? Wait)> SeeToAsync(Schedule schedule, DateTimeOffset time, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ScheduleRun run = new(time, now, RunOutcome.Started);
        if (schedule.Missed == MissedPolicy.Skip && now - time > options.Value.Grace)
        {
            return (run with { Outcome = RunOutcome.Missed }, null);
        }

        IReadOnlyList<ScheduleRun> unfinished = schedule.Overlap == OverlapPolicy.Allow ? [] : await earlier.UnfinishedAsync(schedule, cancellationToken);
        if (unfinished.Count > 0 && schedule.Overlap == OverlapPolicy.Skip)
        {
            return (run with { Outcome = RunOutcome.Skipped, Reason = $"{EarlierRuns.NameOf(unfinished[^1])} had not ended." }, null);
        }

        foreach (ScheduleRun one in unfinished)
        {
            await earlier.StopAsync(schedule, one, cancellationToken);
        }

        WorkStart start = await starter.StartAsync(schedule, time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), time, cancellationToken);
        return start.Wait is { } wait ? (null, wait)
            : (start.Of(run) with { Reason = start.Refused ?? (unfinished.Count > 0 ? $"In place of {string.Join(", ", unfinished.Select(EarlierRuns.NameOf))}." : null) }, null);
    }
}
