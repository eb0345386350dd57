using CodeExec.Core.Batches.Running;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="BatchActivities"/>. What they do is in Core.</summary>
internal sealed class BatchFunctions(OrchestrationRunner run)
{
    [Function("batch")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(BatchActivities.Orchestration, context);

    [Function("batch-begin")]
    public Task<string> BeginAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(BatchActivities.Begin, call, stop);

    [Function("batch-runShard")]
    public Task<string> RunShardAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(BatchActivities.RunShard, call, stop);

    [Function("batch-settle")]
    public Task<string> SettleAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(BatchActivities.Settle, call, stop);
}
