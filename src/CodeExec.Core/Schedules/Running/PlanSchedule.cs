using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Schedules.Running;

/// <inheritdoc cref="ScheduleActivities.Plan"/>
public sealed class PlanSchedule(ScheduleStore schedules) : IActivity<ScheduleStart, SchedulePlan>
{
    public async Task<SchedulePlan> RunAsync(ActivityContext context, ScheduleStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return await schedules.FindAsync(input.Tenant, input.Id, cancellationToken) is { IsDeleted: false } schedule
            ? new SchedulePlan(schedule.NextTime())
            : new SchedulePlan(null, IsGone: true);
    }
}
