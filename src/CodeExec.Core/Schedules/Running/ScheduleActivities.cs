using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Schedules.Running;

/// <summary>The names that stand in histories.</summary>
public static class ScheduleActivities
{
    public static readonly OrchestrationName<ScheduleStart, bool> Orchestration = new("schedule");

    /// <summary>What comes next. It is no orchestration's to find out: rules of time zones change.</summary>
    public static readonly ActivityName<ScheduleStart, SchedulePlan> Plan = new("schedule.plan");

    /// <summary>Sees to a time that has come. Null: done; else how long until there may be room.</summary>
    public static readonly ActivityName<ScheduleTick, TimeSpan?> Fire = new("schedule.fire");

    /// <summary>The schedule is another now: look at it again.</summary>
    public const string ChangedEvent = "changed";

    public static string InstanceOf(string id) => $"schedule-{id}";
}

public sealed record ScheduleStart(TenantId Tenant, string Id);

/// <param name="Next">Null: there is nothing to wait for until it is changed.</param>
/// <param name="IsGone">There is no such schedule any more.</param>
public sealed record SchedulePlan(DateTimeOffset? Next, bool IsGone = false);

public sealed record ScheduleTick(TenantId Tenant, string Id, DateTimeOffset At);
