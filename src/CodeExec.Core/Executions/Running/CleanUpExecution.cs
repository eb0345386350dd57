using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>Returns when nothing of the execution is left in this process: no container, no open feed.</summary>
public sealed class CleanUpExecution(RunningExecutions running) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await running.RemoveAsync(input);
        return true;
    }
}
