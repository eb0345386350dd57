using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Storage.Azure.Accounts;
using Microsoft.Extensions.Logging;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>
/// Feeds in append blobs. Readers of the writing process see an entry at once, those of others when it is in the blob: a moment later, two
/// seconds in a run that has gone on for long. So much may be lost when a process is killed.
/// </summary>
public sealed class AzureLogStore : ILogStore, IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<ExecutionId, AzureFeed> _feeds = [];
    private readonly FeedBlobs _blobs;
    private readonly ExecutionSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    private AzureLogStore(FeedBlobs blobs, ExecutionSignals signals, TimeProvider clock, ILogger logger)
    {
        _blobs = blobs;
        _signals = signals;
        _clock = clock;
        _logger = logger;
    }

    public static async Task<AzureLogStore> OpenAsync(AzureAccount account, ExecutionSignals signals, TimeProvider clock, ILogger<AzureLogStore> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        BlobContainerClient container = account.Container("feeds");
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return new(new FeedBlobs(container), signals, clock, logger);
    }

    public async Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            AzureFeed feed = _feeds.GetOrAdd(id, key => new AzureFeed(key, _blobs, _clock, OnAge));
            if (await feed.TryOpenAsync(cancellationToken))
            {
                return new AzureLogWriter(feed, _signals, Forget);
            }
            _feeds.TryRemove(KeyValuePair.Create(id, feed));
        }
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FeedView view = _feeds.TryGetValue(id, out AzureFeed? feed) ? feed.View(after) : new FeedView([], StoredUpTo: long.MaxValue);
        long last = after;
        if (view.StoredUpTo is { } upTo)
        {
            await foreach (LogEntry entry in _blobs.ReadAsync(id, after, cancellationToken))
            {
                if (entry.Sequence > upTo)
                {
                    break;
                }
                last = entry.Sequence;
                yield return entry;
            }
        }
        foreach (LogEntry entry in view.Entries.Where(entry => entry.Sequence > last))
        {
            yield return entry;
        }
    }

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        AzureFeed feed = _feeds.GetOrAdd(id, key => new AzureFeed(key, _blobs, _clock, OnAge));
        await feed.DeleteAsync(cancellationToken);
        _feeds.TryRemove(KeyValuePair.Create(id, feed));
        _signals.Notify(id);
    }

    /// <summary>Writes what is not written: an orderly end loses nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_feeds.Values.Select(async feed =>
        {
            try
            {
                await feed.SaveAsync(CancellationToken.None);
            }
            catch (Exception e) when (IsFailureOfTheAccount(e))
            {
                _logger.FeedLost(feed.Id, e); // the others are saved all the same
            }
            feed.Leave();
            _feeds.TryRemove(feed.Id, out _);
        }));
    }

    /// <summary>For containers that are not closed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static bool IsFailureOfTheAccount(Exception e) => e is RequestFailedException or FeedInUseException || AzureFailures.IsOutage(e);

    private void OnAge(AzureFeed feed) => _ = SaveInBackgroundAsync(feed);

    /// <summary>Nobody waits for this: a failure is told, and what was to be written stays in memory until it can be.</summary>
    private async Task SaveInBackgroundAsync(AzureFeed feed)
    {
        try
        {
            await feed.SaveAsync(CancellationToken.None);
            Forget(feed);
        }
        catch (FeedInUseException e) when (feed.IsClosed)
        {
            _logger.FeedLost(feed.Id, e); // another process goes on with it: this one's last words would never have a place
            feed.Leave();
            _feeds.TryRemove(KeyValuePair.Create(feed.Id, feed));
        }
        catch (Exception e) when (IsFailureOfTheAccount(e))
        {
            _logger.FeedNotWritten(feed.Id, e);
            feed.TryAgainLater();
        }
    }

    private void Forget(AzureFeed feed)
    {
        if (feed.TryLeave())
        {
            _feeds.TryRemove(KeyValuePair.Create(feed.Id, feed));
        }
    }
}
