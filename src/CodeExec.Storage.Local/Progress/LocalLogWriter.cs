using CodeExec.Core.Progress;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Progress;

/// <summary>The one writer of a feed. What it leaves unflushed is written a moment after it is closed.</summary>
internal sealed class LocalLogWriter(Feed feed, ExecutionSignals signals, Func<Feed, Task> onClosed) : ILogWriter
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

    public Task FlushAsync(CancellationToken cancellationToken) => feed.SaveAsync(durably: true, cancellationToken);

    /// <inheritdoc cref="Feed.TryEndAsync"/>
    public Task<bool?> TryEndAsync(IReadOnlyList<LogEntry> last, Func<Action<SqliteWriteContext>, Task<bool>> commit, CancellationToken cancellationToken)
        => feed.TryEndAsync(last, commit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            feed.Close();
            await onClosed(feed); // it leaves memory at once if it was flushed, else when the timer has written it
        }
    }
}
