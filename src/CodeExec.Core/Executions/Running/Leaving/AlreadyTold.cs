using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>A feed for a job that is gone through again from its beginning: so many of its first entries stand in the feed already.</summary>
internal sealed class AlreadyTold(ILogWriter feed, long entries) : ILogWriter
{
    private long _left = entries;

    public long LastSequence => feed.LastSequence;

    public long Append(LogEntry entry)
    {
        if (_left <= 0)
        {
            return feed.Append(entry);
        }

        _left--;
        return feed.LastSequence - _left;
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken) => feed.DrainAsync(cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => feed.FlushAsync(cancellationToken);

    /// <summary>The feed is its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
