using CodeExec.Core.Schedules.Running;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="ScheduleActivities"/>. What they do is in Core.</summary>
internal sealed class ScheduleFunctions(OrchestrationRunner run)
{
    [Function("schedule")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(ScheduleActivities.Orchestration, context);

    [Function("schedule-plan")]
    public Task<string> PlanAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ScheduleActivities.Plan, call, stop);

    [Function("schedule-fire")]
    public Task<string> FireAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ScheduleActivities.Fire, call, stop);
}
