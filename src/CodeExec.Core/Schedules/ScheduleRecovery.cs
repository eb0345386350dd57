using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Running;

namespace CodeExec.Core.Schedules;

/// <summary>At start, or now and then: somebody keeps the times of every schedule, and knows it as it is; and of those that were deleted nothing is left.</summary>
public sealed class ScheduleRecovery(ScheduleStore schedules, ScheduleRemoval removal, IOrchestrationEngine engine, TimeProvider clock)
{
    /// <summary>What was written for longer and belongs to nothing was left by a crash.</summary>
    private static readonly TimeSpan LongestCreation = TimeSpan.FromHours(1);

    /// <param name="changedAfter">Who keeps the times is told of changes after this one; null: of all.</param>
    public async Task RunAsync(DateTimeOffset? changedAfter, CancellationToken cancellationToken)
    {
        DateTimeOffset begin = clock.GetUtcNow();
        HashSet<string> works = [];
        await foreach (Schedule schedule in schedules.ListAllAsync(cancellationToken))
        {
            if (schedule.IsDeleted)
            {
                await removal.RemoveAsync(schedule, cancellationToken);
                continue;
            }

            works.Add(schedule.Work);
            await ScheduleService.StartAsync(engine, schedule, cancellationToken);
            if (changedAfter is null || schedule.ChangedAt > changedAfter)
            {
                await engine.RaiseEventAsync(ScheduleActivities.InstanceOf(schedule.Id), ScheduleActivities.ChangedEvent, "", cancellationToken);
            }
        }

        await schedules.DeleteUnusedWorkAsync(works, begin - LongestCreation, cancellationToken);
    }
}
