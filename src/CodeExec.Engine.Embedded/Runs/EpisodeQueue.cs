namespace CodeExec.Engine.Embedded.Runs;

/// <summary>
/// Keeps an orchestration's code on one thread and in one order: continuations queue up here and are run by the episode, never by the
/// thread pool. A continuation that comes from elsewhere was set off by a task which is not the context's.
/// </summary>
internal sealed class EpisodeQueue(Action foreignContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _thread;

    /// <summary>True on the thread of the present episode.</summary>
    public bool IsInside => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="first"/> and then everything that it sets off, until nothing is left to run.</summary>
    public void Run(Action first)
    {
        SynchronizationContext? outer = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            first();
            while (_queue.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            _thread = 0;
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsInside)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            foreignContinuation();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestration does not send to its own context.");

    public override SynchronizationContext CreateCopy() => this;
}
