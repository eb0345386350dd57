using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>Returns when nothing of the execution is left in this process: no container, no open feed; and no mark of a stop.</summary>
public sealed class CleanUpExecution(RunningExecutions running, StopMarks marks) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await marks.ClearAsync(input, cancellationToken);
        await running.RemoveAsync(input);
        return true;
    }
}
