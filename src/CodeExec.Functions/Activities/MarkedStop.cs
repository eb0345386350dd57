using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>Marks an execution as to be stopped. The instance of the app that runs it, this one or another, sees the mark within a second.</summary>
internal sealed class MarkedStop(StopMarks marks) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await marks.SetAsync(input, cancellationToken);
        return true;
    }
}
