using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Live;

/// <summary>Reads a feed one entry ahead, so that a viewer's loop sees whether more is there already or has yet to come.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<LogEntry> _entries;

    public FeedReader(ExecutionFeed feed, ExecutionId id, long after, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _entries = feed.FollowAsync(id, after, _stop.Token).GetAsyncEnumerator(_stop.Token);
        Next = _entries.MoveNextAsync().AsTask();
    }

    /// <summary>Ends when the next entry is there (true) or the feed has ended (false).</summary>
    public Task<bool> Next { get; private set; }

    /// <summary>The entry that <see cref="Next"/> found; begins to look for the one after it.</summary>
    public LogEntry Take()
    {
        LogEntry entry = _entries.Current;
        Next = _entries.MoveNextAsync().AsTask();
        return entry;
    }

    public async ValueTask DisposeAsync()
    {
        // An enumerator must not be disposed in the midst of a step.
        await _stop.CancelAsync();
        await ((Task)Next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _entries.DisposeAsync();
        _stop.Dispose();
    }
}
