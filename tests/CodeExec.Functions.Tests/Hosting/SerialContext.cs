namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Runs what is posted to it one at a time, as an orchestrator's one thread does.</summary>
internal sealed class SerialContext : SynchronizationContext
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _last = _last.ContinueWith(
                _ =>
                {
                    SetSynchronizationContext(this);
                    try
                    {
                        d(state);
                    }
                    finally
                    {
                        SetSynchronizationContext(null);
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    public Task<T> RunAsync<T>(Func<Task<T>> code)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            async _ =>
            {
                try
                {
                    result.SetResult(await code());
                }
                catch (Exception e)
                {
                    result.SetException(e);
                }
            },
            null);
        return result.Task;
    }
}
