using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Instances;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Engine.Embedded.Activities;

/// <summary>A try that is running. It reports once: its result, its failure, its timeout, or nothing when it was called off.</summary>
internal sealed class ActivityTry(ActivityDispatcher dispatcher, ActivityLane lane, ActivityCall call) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private int _reported;
    private bool _disposed;

    public ActivityCall Call { get; } = call;

    public async Task RunAsync()
    {
        string? result = null;
        FailureDetails? failure = null;
        try
        {
            await using ITimer? deadline = Call.Timeout is { } limit ? dispatcher.Clock.CreateTimer(_ => TimeOut(limit), null, limit, System.Threading.Timeout.InfiniteTimeSpan) : null;
            result = await RunInScopeAsync();
        }
        catch (Exception e)
        {
            failure = FailureDetails.From(e);
        }
        dispatcher.Ended(lane, this);
        // A failure after it was called off is most likely because of that, so it says nothing about the activity.
        if (failure is null || !_cancellation.IsCancellationRequested)
        {
            Report(result, failure);
        }
        dispatcher.Reported();
        Dispose();
    }

    /// <summary>Asks it to end, and takes no failure from it any more.</summary>
    public void CallOff()
    {
        lock (_gate)
        {
            if (!_disposed) // whoever calls it off may come a moment too late
            {
                _ = _cancellation.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _cancellation.Dispose();
        }
    }

    private async Task<string> RunInScopeAsync()
    {
        ActivityContext context = new(Call.Instance.Id, Call.TaskId, Call.Attempt);
        if (dispatcher.Scopes is null)
        {
            return await lane.Registration.RunAsync(dispatcher.Services, context, Call.Input, _cancellation.Token);
        }
        await using AsyncServiceScope scope = dispatcher.Scopes.CreateAsyncScope();
        return await lane.Registration.RunAsync(scope.ServiceProvider, context, Call.Input, _cancellation.Token);
    }

    private void TimeOut(TimeSpan limit)
    {
        // Told at once, and the try's place stays taken until it really ends: it may not listen to its token.
        Report(null, new FailureDetails(typeof(TimeoutException).FullName!, $"Activity '{Call.Activity}' took longer than {limit}."));
        CallOff();
    }

    private void Report(string? result, FailureDetails? failure)
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0)
        {
            Call.Instance.Post(new TryEnded(Call.Run, Call.TaskId, Call.Attempt, result, failure));
        }
    }
}
