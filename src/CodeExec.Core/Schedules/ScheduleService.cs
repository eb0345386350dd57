using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Schedules;

/// <summary>All that can be done with schedules.</summary>
public sealed class ScheduleService(
    ScheduleStore schedules, ScheduleRules rules, WorkStarter starter, ReservedIds ids, ScheduleRemoval removal, IOrchestrationEngine engine, IOptions<ScheduleOptions> options, TimeProvider clock)
{
    /// <returns>Null if there is none, or if it is another tenant's.</returns>
    public async Task<Schedule?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => await schedules.FindAsync(tenant, id, cancellationToken) is { IsDeleted: false } found ? found : null;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(TenantId tenant, string? before, int limit, CancellationToken cancellationToken)
        => [.. (await schedules.ListAsync(tenant, before, limit, cancellationToken)).Where(one => !one.IsDeleted)];

    /// <summary>What it starts, as it was sent.</summary>
    public async Task<string?> ReadWorkAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return await schedules.ReadWorkAsync(schedule.Work, cancellationToken);
    }

    public async Task<ScheduleOutcome> CreateAsync(TenantId tenant, ScheduleDraft draft, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        IdempotencyKey? own = key is null ? null : new IdempotencyKey($"schedules {key.Key}", key.Fingerprint);
        if (await ids.ReserveAsync(tenant, own, cancellationToken) is not { } reserved)
        {
            return new ScheduleOutcome.KeyConflict();
        }

        if (reserved.IsRepeated && await FindAsync(tenant, reserved.Id, cancellationToken) is { } repeated)
        {
            await StartAsync(engine, repeated, cancellationToken); // it may have been stored and not begun
            return new ScheduleOutcome.Saved(repeated);
        }

        DateTimeOffset now = clock.GetUtcNow();
        Schedule empty = new() { Id = reserved.Id, Tenant = tenant, Cron = "", TimeZone = "UTC", CreatedAt = now, ChangedAt = now, After = now };
        (Schedule? schedule, IReadOnlyDictionary<string, string[]> errors) = await rules.CheckAsync(empty, draft, cancellationToken);
        IReadOnlyDictionary<string, string[]>? tooMany = await TooManyAsync(tenant, cancellationToken);
        if (schedule is null || tooMany is not null)
        {
            await ids.GiveBackAsync(tenant, own, reserved);
            return new ScheduleOutcome.Invalid(tooMany ?? errors);
        }

        schedule = schedule with { Work = await schedules.WriteWorkAsync(schedule.Id, draft.Work!.Json, cancellationToken) };
        if (!await schedules.CreateAsync(schedule, cancellationToken))
        {
            await schedules.DeleteWorkAsync(schedule.Work, cancellationToken); // the same key, in this very moment
            return await FindAsync(tenant, reserved.Id, cancellationToken) is { } other ? new ScheduleOutcome.Saved(other) : new ScheduleOutcome.KeyConflict();
        }

        await StartAsync(engine, schedule, cancellationToken);
        return new ScheduleOutcome.Saved(schedule, IsNew: true);
    }

    /// <param name="replaces">What the draft leaves out has its default again; else it stays.</param>
    public async Task<ScheduleOutcome> UpdateAsync(TenantId tenant, string id, ScheduleDraft draft, bool replaces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        while (await FindAsync(tenant, id, cancellationToken) is { } found)
        {
            if (await TryUpdateAsync(found, draft, replaces, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }

        return new ScheduleOutcome.NotFound();
    }

    /// <returns>Null if somebody else was quicker: what the draft leaves out is not what it was.</returns>
    private async Task<ScheduleOutcome?> TryUpdateAsync(Schedule found, ScheduleDraft draft, bool replaces, CancellationToken cancellationToken)
    {
        Schedule from = replaces ? found with { Name = null, Cron = "", TimeZone = "UTC", Overlap = default, Missed = default, EndsAt = null, Work = "" } : found;
        (Schedule? fit, IReadOnlyDictionary<string, string[]> errors) = await rules.CheckAsync(from, draft, cancellationToken);
        if (fit is null)
        {
            return new ScheduleOutcome.Invalid(errors);
        }

        string? work = draft.Work is { } drafted ? await schedules.WriteWorkAsync(found.Id, drafted.Json, cancellationToken) : null;
        bool isLate = false;
        (Schedule Before, Schedule After)? changed = await schedules.ChangeAsync(
            found.Tenant,
            found.Id,
            one =>
            {
                isLate = one with { Runs = found.Runs, After = found.After } != found;
                return isLate ? null : Merge(one, fit, work);
            },
            cancellationToken);
        if (work is not null && (isLate ? work : changed?.Before.Work) is { } unused)
        {
            await schedules.DeleteWorkAsync(unused, cancellationToken);
        }

        return isLate ? null : await TellAsync(changed?.After, cancellationToken);
    }

    /// <summary>Repeating it is harmless. Times that come while it is paused are not made up for.</summary>
    public async Task<ScheduleOutcome> PauseAsync(TenantId tenant, string id, bool isPaused, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (Schedule Before, Schedule After)? changed = await schedules.ChangeAsync(
            tenant, id, one => one.IsDeleted || one.IsPaused == isPaused ? null : one with { IsPaused = isPaused, After = isPaused ? one.After : now, ChangedAt = now }, cancellationToken);
        return await TellAsync(changed?.After, cancellationToken);
    }

    /// <summary>Starts it now, besides its times, also while it is paused or an earlier run has not ended.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<(ScheduleRun Run, TimeSpan? Wait)?> RunNowAsync(TenantId tenant, string id, string? key, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { } schedule)
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        WorkStart start = await starter.StartAsync(schedule, $"now {key ?? Guid.NewGuid().ToString("n")}", now, cancellationToken);
        ScheduleRun run = start.Of(new ScheduleRun(now, now, RunOutcome.Started, IsManual: true));
        if (start.Wait is null && start.Refused is null)
        {
            await schedules.ChangeAsync(tenant, id, one => one.With(run), cancellationToken);
        }

        return (run, start.Wait);
    }

    /// <summary>What it has started stays.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        (Schedule Before, Schedule After)? deleted = await schedules.ChangeAsync(tenant, id, one => one.IsDeleted ? null : one with { IsDeleted = true }, cancellationToken);
        if (deleted is null)
        {
            return false;
        }

        await removal.RemoveAsync(deleted.Value.After, cancellationToken);
        return !deleted.Value.Before.IsDeleted;
    }

    /// <summary>Repeating it is harmless.</summary>
    internal static Task StartAsync(IOrchestrationEngine engine, Schedule schedule, CancellationToken cancellationToken)
        => engine.StartAsync(ScheduleActivities.Orchestration, ScheduleActivities.InstanceOf(schedule.Id), new ScheduleStart(schedule.Tenant, schedule.Id), null, cancellationToken);

    private Schedule Merge(Schedule now, Schedule fit, string? work) => now with
    {
        Name = fit.Name,
        Cron = fit.Cron,
        TimeZone = fit.TimeZone,
        Overlap = fit.Overlap,
        Missed = fit.Missed,
        EndsAt = fit.EndsAt,
        Kind = fit.Kind,
        Work = work ?? now.Work,
        ChangedAt = clock.GetUtcNow(),
        After = (now.Cron, now.TimeZone) == (fit.Cron, fit.TimeZone) ? now.After : clock.GetUtcNow(),
    };

    private async Task<ScheduleOutcome> TellAsync(Schedule? changed, CancellationToken cancellationToken)
    {
        if (changed is null or { IsDeleted: true })
        {
            return new ScheduleOutcome.NotFound();
        }

        await engine.RaiseEventAsync(ScheduleActivities.InstanceOf(changed.Id), ScheduleActivities.ChangedEvent, "", cancellationToken);
        return new ScheduleOutcome.Saved(changed);
    }

    private async Task<IReadOnlyDictionary<string, string[]>?> TooManyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        int most = options.Value.MostOfATenant;
        return most > 0 && (await schedules.ListAsync(tenant, null, most, cancellationToken)).Count < most
            ? null
            : new Dictionary<string, string[]> { ["schedules"] = [$"There may be {most} at most; delete one first."] };
    }
}
