using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Schedules.Running;

/// <summary>What has become of the runs of a schedule.</summary>
public sealed class EarlierRuns(IExecutionService executions, BatchService batches)
{
    /// <summary>Those that have not ended, the oldest first.</summary>
    public async Task<IReadOnlyList<ScheduleRun>> UnfinishedAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        List<ScheduleRun> unfinished = [];
        foreach (ScheduleRun run in schedule.Runs.Where(run => run.Outcome == RunOutcome.Started))
        {
            if (await HasEndedAsync(schedule, run, cancellationToken) == false)
            {
                unfinished.Add(run);
            }
        }

        return unfinished;
    }

    public async Task StopAsync(Schedule schedule, ScheduleRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(run);
        if (run.Execution is { } execution)
        {
            await executions.StopAsync(schedule.Tenant, execution, cancellationToken);
        }
        else if (run.Batch is { } batch)
        {
            await batches.ControlAsync(schedule.Tenant, batch, BatchActivities.Cancel, cancellationToken);
        }
    }

    public static string NameOf(ScheduleRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Batch is { } batch ? $"batch {batch}" : $"execution {run.Execution}";
    }

    /// <returns>Null if it is gone.</returns>
    private async Task<bool?> HasEndedAsync(Schedule schedule, ScheduleRun run, CancellationToken cancellationToken)
        => run.Execution is { } execution ? (await executions.FindAsync(schedule.Tenant, execution, cancellationToken))?.Status.IsFinal()
            : run.Batch is { } batch ? (await batches.FindAsync(schedule.Tenant, batch, cancellationToken))?.Batch.IsOver
            : null;
}
