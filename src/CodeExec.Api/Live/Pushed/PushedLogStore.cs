using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Live.Pushed;

/// <summary>The store of feeds, where opening a feed for writing also begins to push it.</summary>
internal sealed class PushedLogStore(ILogStore inner, Func<FeedPusher> pusher) : ILogStore
{
    public async Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        ILogWriter writer = await inner.OpenAsync(id, cancellationToken);
        pusher().Begin(id, writer.LastSequence);
        return writer;
    }

    public IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, CancellationToken cancellationToken) => inner.ReadAsync(id, after, cancellationToken);

    public Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);
}
