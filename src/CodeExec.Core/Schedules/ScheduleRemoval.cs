using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Running;

namespace CodeExec.Core.Schedules;

/// <summary>Forgets a schedule that was deleted, once nobody waits for its times any more. Cut short, it can be repeated.</summary>
public sealed class ScheduleRemoval(ScheduleStore schedules, IOrchestrationEngine engine)
{
    public async Task RemoveAsync(Schedule deleted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        string instance = ScheduleActivities.InstanceOf(deleted.Id);
        await engine.RaiseEventAsync(instance, ScheduleActivities.ChangedEvent, "", cancellationToken);
        await engine.WaitForEndAsync(instance, cancellationToken);
        await engine.PurgeAsync(instance, cancellationToken);
        await schedules.DeleteAsync(deleted.Tenant, deleted.Id, cancellationToken);
    }
}
