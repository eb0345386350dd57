using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>A run that goes on in this process while activities come and go. It looks now and then whether it is to stop.</summary>
internal sealed class HeldRun(ExecutionId id, RunningExecutions running, StopMarks marks, RunHolders holders, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abandoned = new();
    private readonly RunningExecution _entry = running.For(id);
    private DateTimeOffset? _renewAt;

    public Task<RunEnd> End { get; private set; } = null!;

    public long FollowedTo => _entry.FollowedTo;

    public HeldRun Begin(ActivityContext context, IActivity<ExecutionId, RunEnd> run)
    {
        End = RunAsync(context, run);
        return this;
    }

    /// <summary>From now on other instances are told that it is here.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        await holders.RenewAsync(id, FollowedTo, cancellationToken);
        _renewAt = clock.GetUtcNow() + RunHolders.RenewEvery;
    }

    /// <summary>Asks it to leave its container to whoever comes next, and waits for that as long as it usually takes.</summary>
    /// <returns>False if it goes on here.</returns>
    public async Task<bool> TryLeaveAsync(TimeSpan patience)
    {
        if (!_entry.CanBeLeft)
        {
            return End.IsCompleted;
        }
        try
        {
            await _entry.LeaveAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
        return await EndsWithinAsync(patience, CancellationToken.None);
    }

    public async Task<bool> EndsWithinAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task first = await Task.WhenAny(End, Task.Delay(time, clock, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == End || End.IsCompleted;
    }

    /// <summary>The process ends: the container ends with it.</summary>
    public async Task AbandonAsync()
    {
        await _abandoned.CancelAsync();
        await ((Task)End).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        _abandoned.Dispose();
    }

    private async Task<RunEnd> RunAsync(ActivityContext context, IActivity<ExecutionId, RunEnd> run)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token);
        Task watching = WatchAsync(ended.Token);
        try
        {
            return await run.RunAsync(context, id, _abandoned.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            await Leaving.LeaveAsync(running, id);
            if (_renewAt is not null)
            {
                await holders.ClearAsync(id, CancellationToken.None);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LookEvery, clock);
        bool stopped = false;
        try
        {
            do
            {
                if (!stopped && await marks.IsSetAsync(id, cancellationToken))
                {
                    await _entry.StopAsync();
                    stopped = true;
                }
                if (_renewAt <= clock.GetUtcNow())
                {
                    await HoldAsync(cancellationToken);
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
