using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Running;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="ExecutionActivities"/> and <see cref="DelayedStart"/>; a test compares. What they do is in Core.</summary>
internal sealed class ExecutionFunctions(OrchestrationRunner run)
{
    [Function("execution")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(ExecutionActivities.Orchestration, context);

    [Function("delayedStart")]
    public Task<string> WaitAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(DelayedStart.Orchestration, context);

    [Function("delayedStart-begin")]
    public Task<string> BeginAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(DelayedStart.Begin, call, stop);

    [Function("execution-run")]
    public Task<string> RunAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ExecutionActivities.Run, call, stop);

    [Function("execution-stop")]
    public Task<string> StopAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ExecutionActivities.Stop, call, stop);

    [Function("execution-finish")]
    public Task<string> FinishAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ExecutionActivities.Finish, call, stop);

    [Function("execution-cleanUp")]
    public Task<string> CleanUpAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ExecutionActivities.CleanUp, call, stop);
}
