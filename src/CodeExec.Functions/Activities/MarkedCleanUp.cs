using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>Cleans up, the mark of a stop as well.</summary>
internal sealed class MarkedCleanUp(IActivity<ExecutionId, bool> cleanUp, StopMarks marks) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        await marks.ClearAsync(input, cancellationToken);
        return await cleanUp.RunAsync(context, input, cancellationToken);
    }
}
