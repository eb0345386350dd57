using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>Ends the container of an execution, or keeps it from getting one.</summary>
public sealed class StopExecution(RunningExecutions running) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await running.For(input).StopAsync();
        return true;
    }
}
