using CodeExec.Core.Problems.Checks;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="CheckActivities"/>. What they do is in Core.</summary>
internal sealed class ProblemCheckFunctions(OrchestrationRunner run)
{
    [Function("problem-check")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(CheckActivities.Orchestration, context);

    [Function("problem-check-advance")]
    public Task<string> AdvanceAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(CheckActivities.Advance, call, stop);

    [Function("problem-check-give-up")]
    public Task<string> GiveUpAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(CheckActivities.GiveUp, call, stop);
}
