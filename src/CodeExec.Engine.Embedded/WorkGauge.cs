namespace CodeExec.Engine.Embedded;

/// <summary>Counts what is going on, so that a stop can wait for its end.</summary>
internal sealed class WorkGauge
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _quiet;
    private int _count;

    public void Up() => Interlocked.Increment(ref _count);

    public void Down()
    {
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _quiet) is not null)
        {
            lock (_gate)
            {
                _quiet?.TrySetResult();
            }
        }
    }

    /// <summary>Ends when nothing is going on.</summary>
    public Task WhenQuietAsync()
    {
        lock (_gate)
        {
            _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _count) == 0)
            {
                _quiet.TrySetResult();
            }
            return _quiet.Task;
        }
    }
}
