using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Live;

/// <summary>
/// One connection of the hub. For each execution or batch it follows, one loop pulls what happens and sends; a send returns when the connection's
/// buffer has room, so that a slow viewer only slows its own loops.
/// </summary>
internal sealed class HubViewer(
    Caller caller, HubCallerContext connection, ISingleClientProxy client, ExecutionFeed feed, LiveEventFactory events, BatchNews news, ViewerAccess access, ApiOptions options, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Following> _followed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly PushPace _pace = new(clock);

    public Caller Caller { get; } = caller;

    /// <summary>Begins, or begins anew after another sequence.</summary>
    /// <returns>False if the connection follows as many as it may.</returns>
    public Task<bool> FollowAsync(ExecutionId id, long after)
        => FollowAsync(LiveGroups.Of(id), stop => Batches.OfAsync(feed, events, Caller.Tenant, id, after, stop));

    /// <inheritdoc cref="FollowAsync(ExecutionId, long)"/>
    public Task<bool> FollowAsync(BatchId id)
        => FollowAsync(LiveGroups.Of(id), stop => news.FollowAsync(Caller.Tenant, id, stop).Where(happened => happened is not null).Select(happened => happened!));

    /// <param name="subject">A group of <see cref="LiveGroups"/>.</param>
    public async Task UnfollowAsync(string subject)
    {
        Following? following;
        lock (_lock)
        {
            _followed.Remove(subject, out following);
        }

        if (following is not null)
        {
            await following.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Following[] all;
        lock (_lock)
        {
            all = [.. _followed.Values];
            _followed.Clear();
        }

        await Task.WhenAll(all.Select(following => following.StopAsync()));
        _sending.Dispose();
    }

    private async Task<bool> FollowAsync(string subject, Func<CancellationToken, IAsyncEnumerable<ILiveEvent>> open)
    {
        await UnfollowAsync(subject);
        lock (_lock)
        {
            if (_followed.Count >= options.MaxSubscriptions)
            {
                return false;
            }

            CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted);
            _followed[subject] = new(stop, Task.Run(() => RunAsync(subject, open, stop), CancellationToken.None));
            return true;
        }
    }

    private async Task RunAsync(string subject, Func<CancellationToken, IAsyncEnumerable<ILiveEvent>> open, CancellationTokenSource stop)
    {
        try
        {
            await foreach (ILiveEvent live in open(stop.Token).WithCancellation(stop.Token))
            {
                await SendAsync(live, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // unsubscribed, or gone
        }
        catch (TimeoutException)
        {
            logger.SlowViewerCutOff(subject, options.SlowViewerLimit);
            connection.Abort();
        }
        catch (Exception e)
        {
            logger.FollowingFailed(e, subject);
            connection.Abort();
        }

        Forget(subject, stop);
    }

    private async Task SendAsync(ILiveEvent live, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (!await access.IsStillAllowedAsync(cancellationToken))
            {
                connection.Abort();
                cancellationToken.ThrowIfCancellationRequested();
                return;
            }

            await _pace.WaitAsync(cancellationToken);
            await client.SendCoreAsync(live.Name, [live], cancellationToken).WaitAsync(options.SlowViewerLimit, clock, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Forget(string subject, CancellationTokenSource stop)
    {
        lock (_lock)
        {
            if (_followed.TryGetValue(subject, out Following? following) && following.Stop == stop)
            {
                _followed.Remove(subject);
            }
        }

        stop.Dispose();
    }

    private sealed record Following(CancellationTokenSource Stop, Task Running)
    {
        public async Task StopAsync()
        {
            try
            {
                await Stop.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                return; // it has ended by itself
            }

            await Running;
            Stop.Dispose();
        }
    }
}
