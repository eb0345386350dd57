using CodeExec.Core.Progress;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>The one writer of a feed. What it leaves unflushed is written a moment after it is closed.</summary>
internal sealed class AzureLogWriter(AzureFeed feed, ExecutionSignals signals, Action<AzureFeed> onClosed) : ILogWriter
{
    private bool _closed;

    public long LastSequence => feed.Last;

    public long Append(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ObjectDisposedException.ThrowIf(_closed, this);
        long sequence = feed.Append(entry);
        signals.Notify(feed.Id);
        return sequence;
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken) => feed.DrainAsync(cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => feed.SaveAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            feed.Close();
            onClosed(feed); // it leaves memory at once if it was flushed, else when the timer has written it
        }
        return ValueTask.CompletedTask;
    }
}
