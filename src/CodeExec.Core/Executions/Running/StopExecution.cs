using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>Ends the container of an execution, or keeps it from getting one; in a later life of this process, too.</summary>
public sealed class StopExecution(RunningExecutions running, StopMarks marks) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await running.For(input).StopAsync();
        await marks.SetAsync(input, cancellationToken);
        return true;
    }
}
