namespace CodeExec.Sqlite;

/// <summary>A write that waits for the writer, and whom to tell. Told only after the commit, and never on the writer's thread.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Set when the work itself failed: its neighbours are committed, it is not.</summary>
    public Exception? Failure { get; set; }

    public abstract bool IsCancelled { get; }

    public abstract void Run(SqliteWriteContext context);

    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

internal sealed class QueuedWrite<T>(Func<SqliteWriteContext, T> work, CancellationToken cancellationToken) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    public override void Run(SqliteWriteContext context) => _result = work(context);

    public override void Succeed() => _done.TrySetResult(_result);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
        {
            _done.TrySetCanceled(cancelled.CancellationToken.IsCancellationRequested ? cancelled.CancellationToken : cancellationToken);
        }
        else
        {
            _done.TrySetException(exception);
        }
    }
}
