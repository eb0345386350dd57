using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Contracts.Fakes;

/// <summary>Feeds in memory. Give it the signals that the feed's viewers wait on.</summary>
public sealed class InMemoryLogStore(ExecutionSignals signals) : ILogStore
{
    private readonly ConcurrentDictionary<ExecutionId, Feed> _feeds = [];

    public InMemoryLogStore() : this(new ExecutionSignals())
    {
    }

    public Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        Feed feed = _feeds.GetOrAdd(id, static _ => new Feed());
        feed.Open(id);
        return Task.FromResult<ILogWriter>(new Writer(feed, id, signals));
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_feeds.TryGetValue(id, out Feed? feed))
        {
            yield break;
        }
        foreach (LogEntry entry in feed.After(after))
        {
            await Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        _feeds.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    private sealed class Feed
    {
        private readonly Lock _gate = new();
        private readonly List<LogEntry> _entries = [];
        private bool _open;

        public long Count
        {
            get
            {
                lock (_gate)
                {
                    return _entries.Count;
                }
            }
        }

        public void Open(ExecutionId id)
        {
            lock (_gate)
            {
                _open = _open ? throw new FeedInUseException(id) : true;
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                _open = false;
            }
        }

        public long Append(LogEntry entry)
        {
            lock (_gate)
            {
                _entries.Add(entry with { Sequence = _entries.Count + 1 });
                return _entries.Count;
            }
        }

        public List<LogEntry> After(long sequence)
        {
            lock (_gate)
            {
                return sequence >= _entries.Count ? [] : _entries[(int)Math.Max(0, sequence)..];
            }
        }
    }

    private sealed class Writer(Feed feed, ExecutionId id, ExecutionSignals signals) : ILogWriter
    {
        private bool _closed;

        public long LastSequence => feed.Count;

        public long Append(LogEntry entry)
        {
            ArgumentNullException.ThrowIfNull(entry);
            ObjectDisposedException.ThrowIf(_closed, this);
            long sequence = feed.Append(entry);
            signals.Notify(id);
            return sequence;
        }

        public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            if (!_closed)
            {
                _closed = true;
                feed.Close();
            }
            return ValueTask.CompletedTask;
        }
    }
}
