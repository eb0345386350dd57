using CodeExec.Core.Specifications.Running;
using CodeExec.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Triggers;

/// <summary>One line for each name in <see cref="ValidationActivities"/>. What they do is in Core.</summary>
internal sealed class ValidationFunctions(OrchestrationRunner run)
{
    [Function("validation")]
    public Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context) => run.OrchestrateAsync(ValidationActivities.Orchestration, context);

    [Function("validation-run")]
    public Task<string> RunAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ValidationActivities.Run, call, stop);

    [Function("validation-stop")]
    public Task<string> StopAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ValidationActivities.Stop, call, stop);

    [Function("validation-finish")]
    public Task<string> FinishAsync([ActivityTrigger] string call, CancellationToken stop) => run.DoAsync(ValidationActivities.Finish, call, stop);
}
