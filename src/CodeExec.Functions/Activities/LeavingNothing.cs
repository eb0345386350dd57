using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>An activity after which nothing of its execution is left in this process, and all it wrote to the feed is stored.</summary>
internal sealed class LeavingNothing<TIn, TOut>(IActivity<TIn, TOut> activity, RunningExecutions running, Func<TIn, ExecutionId> idOf) : IActivity<TIn, TOut>
{
    public async Task<TOut> RunAsync(ActivityContext context, TIn input, CancellationToken cancellationToken)
    {
        try
        {
            return await activity.RunAsync(context, input, cancellationToken);
        }
        finally
        {
            await Leaving.LeaveAsync(running, idOf(input));
        }
    }
}
