using System.Collections.Concurrent;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>The runs that this process has in hand. When it ends they end: those that can be left to others are.</summary>
internal sealed class HeldRuns(RunningExecutions running, StopMarks marks, RunHolders holders, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Writing down what a container has said.</summary>
    public static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ExecutionId, HeldRun> _held = [];

    public HeldRun? Find(ExecutionId id) => _held.GetValueOrDefault(id);

    public HeldRun Begin(ActivityContext context, ExecutionId id, IActivity<ExecutionId, RunEnd> run)
    {
        HeldRun begun = new HeldRun(id, running, marks, holders, clock).Begin(context, run);
        _held[id] = begun;
        _ = begun.End.ContinueWith(end => ForgetAsync(id, begun, end), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return begun;
    }

    /// <summary>What its end was is known to whoever began the call.</summary>
    public void Take(ExecutionId id, HeldRun run) => _held.TryRemove(KeyValuePair.Create(id, run));

    public async ValueTask DisposeAsync()
        => await Task.WhenAll(_held.Values.Select(async run =>
        {
            await run.TryLeaveAsync(LeavePatience);
            await run.DisposeAsync();
        }));

    // What was recorded can be read there. An end that could not be recorded is kept for the next activity that comes here.
    private void ForgetAsync(ExecutionId id, HeldRun run, Task<RunEnd> end)
    {
        if (!end.IsCompletedSuccessfully || end.Result.Report is null)
        {
            Take(id, run);
        }
    }
}
