using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>Runs an execution and looks now and then whether it is to stop.</summary>
internal sealed class StoppableRun(IActivity<ExecutionId, RunEnd> run, RunningExecutions running, StopMarks marks, TimeProvider clock) : IActivity<ExecutionId, RunEnd>
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async Task<RunEnd> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = WatchAsync(input, ended.Token);
        try
        {
            return await run.RunAsync(context, input, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            await Leaving.LeaveAsync(running, input);
        }
    }

    private async Task WatchAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LookEvery, clock);
        try
        {
            do
            {
                if (await marks.IsSetAsync(id, cancellationToken))
                {
                    await running.For(id).StopAsync();
                    return;
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run has ended.
        }
    }
}
