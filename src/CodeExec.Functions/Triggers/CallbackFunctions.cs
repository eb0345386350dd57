using CodeExec.Core.Callbacks;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="CallbackActivities"/>. What they do is in Core.</summary>
internal sealed class CallbackFunctions(OrchestrationRunner run)
{
    [Function("callback")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(CallbackActivities.Orchestration, context);

    [Function("callback-send")]
    public Task<string> SendAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(CallbackActivities.Send, call, stop);

    [Function("callback-giveUp")]
    public Task<string> GiveUpAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(CallbackActivities.GiveUp, call, stop);
}
