using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Activities;

/// <summary>
/// Runs an execution, at most for a slice of its time: what has not ended then is left in its container for the next call, on whichever instance; or it goes on
/// in this process, where its container can not be found from others, and they wait for it.
/// </summary>
internal sealed class SlicedRun(
    IActivity<ExecutionId, RunEnd> run, HeldRuns held, RunHolders holders, IExecutionStore executions, IOptions<FunctionsHostOptions> options, TimeProvider clock) : IActivity<ExecutionId, RunEnd>
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public async Task<RunEnd> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        DateTimeOffset until = clock.GetUtcNow() + options.Value.Slice;
        if (held.Find(input) is not { } mine)
        {
            if (await WaitForOtherAsync(input, until, cancellationToken) is { } end)
            {
                return end;
            }
            mine = held.Begin(context, input, run);
        }
        try
        {
            TimeSpan left = until - clock.GetUtcNow();
            if (await mine.EndsWithinAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken) || await mine.TryLeaveAsync(HeldRuns.LeavePatience))
            {
                held.Take(input, mine);
                return await mine.End;
            }
            await mine.HoldAsync(cancellationToken);
            return new RunEnd(null, FollowedTo: mine.FollowedTo);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The Functions host stops this instance: another goes on, or begins again.
            await mine.TryLeaveAsync(HeldRuns.LeavePatience);
            await mine.AbandonAsync();
            throw;
        }
    }

    /// <returns>Null when no other instance has it, or none any more.</returns>
    private async Task<RunEnd?> WaitForOtherAsync(ExecutionId id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await holders.FindOtherAsync(id, cancellationToken) is { } other)
        {
            ExecutionRecord? record = await executions.FindAsync(id, cancellationToken);
            if (record is null || record.Status.IsFinal())
            {
                return new RunEnd(record?.Status ?? ExecutionStatus.Cancelled); // null: deleted
            }
            if (clock.GetUtcNow() >= until)
            {
                return new RunEnd(null, FollowedTo: other.FollowedTo);
            }
            await Task.Delay(LookEvery, clock, cancellationToken);
        }
        return null;
    }
}
