using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Folders;
using Microsoft.Extensions.Logging;

namespace CodeExec.Storage.Local.Progress;

/// <summary>Feeds on this machine; see <see cref="Feed"/> and docs/storage.md for what is where when.</summary>
public sealed class LocalLogStore : ILogStore, IAsyncDisposable, IDisposable
{
    private const int EntriesAtATime = 512;

    private readonly ConcurrentDictionary<ExecutionId, Feed> _feeds = [];
    private readonly FeedStorage _storage;
    private readonly ExecutionSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<LocalLogStore> _logger;

    private LocalLogStore(FeedStorage storage, ExecutionSignals signals, TimeProvider clock, ILogger<LocalLogStore> logger)
    {
        _storage = storage;
        _signals = signals;
        _clock = clock;
        _logger = logger;
    }

    public static async Task<LocalLogStore> OpenAsync(
        SqliteDatabase database, DataFolder folder, ExecutionSignals signals, TimeProvider clock, ILogger<LocalLogStore> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(folder);
        await LocalTables.PrepareAsync(database, cancellationToken);
        return new(new FeedStorage(database, folder), signals, clock, logger);
    }

    public async Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            Feed feed = _feeds.GetOrAdd(id, static (id, store) => new Feed(id, store._storage, store._clock, store.OnAge), this);
            if (await feed.TryOpenAsync(cancellationToken))
            {
                return new LocalLogWriter(feed, _signals, ForgetAsync);
            }
            _feeds.TryRemove(KeyValuePair.Create(id, feed));
        }
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        after = Math.Max(0, after);
        if (!_feeds.TryGetValue(id, out Feed? feed))
        {
            await foreach (LogEntry entry in _storage.ReadAsync(id, after, cancellationToken))
            {
                yield return entry;
            }
            yield break;
        }

        long last = feed.View(0, 0).StoredUpTo == long.MaxValue ? long.MaxValue : feed.Last; // what is known now; a writer may go on for ever
        while (after < last)
        {
            FeedView view = feed.View(after, EntriesAtATime);
            long before = after;
            await foreach (LogEntry entry in EntriesOfAsync(id, view, after, cancellationToken))
            {
                after = entry.Sequence;
                yield return entry;
            }
            if (after == before)
            {
                yield break;
            }
        }
    }

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        Feed feed = _feeds.GetOrAdd(id, static (id, store) => new Feed(id, store._storage, store._clock, store.OnAge), this);
        await feed.DeleteAsync(cancellationToken);
        _feeds.TryRemove(KeyValuePair.Create(id, feed));
        _signals.Notify(id);
    }

    /// <summary>Makes all feeds durable: an orderly end loses nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((ExecutionId id, Feed feed) in _feeds)
        {
            try
            {
                await feed.SaveAndLeaveAsync();
            }
            catch (Exception e) when (IsFailureOfTheDisk(e))
            {
                _logger.FeedLost(id, e); // the others are saved all the same
            }
            _feeds.TryRemove(id, out _);
        }
    }

    /// <summary>For containers that are not closed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>How many feeds are in memory: written, or a moment ago.</summary>
    internal int InMemory => _feeds.Count;

    private async IAsyncEnumerable<LogEntry> EntriesOfAsync(ExecutionId id, FeedView view, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (LogEntry entry in view.Entries)
        {
            yield return entry;
        }
        if (view.StoredUpTo is not { } upTo)
        {
            yield break;
        }
        await foreach (LogEntry entry in _storage.ReadAsync(id, after, cancellationToken))
        {
            if (entry.Sequence > upTo)
            {
                yield break;
            }
            yield return entry;
        }
    }

    private static bool IsFailureOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException or StoreUnavailableException;

    private void OnAge(Feed feed) => _ = SaveInBackgroundAsync(feed);

    /// <summary>Nobody waits for this: a failure is told, and what was to be written stays in memory until it can be.</summary>
    private async Task SaveInBackgroundAsync(Feed feed)
    {
        try
        {
            await feed.SaveAsync(durably: feed.IsClosed, CancellationToken.None);
            await ForgetAsync(feed);
        }
        catch (Exception e) when (IsFailureOfTheDisk(e))
        {
            _logger.FeedNotWritten(feed.Id, e);
            feed.TryAgainLater();
        }
        catch (ObjectDisposedException)
        {
            // The store was closed meanwhile, and has saved everything itself.
        }
    }

    private async Task ForgetAsync(Feed feed)
    {
        if (await feed.TryLeaveAsync())
        {
            _feeds.TryRemove(KeyValuePair.Create(feed.Id, feed));
        }
    }
}
