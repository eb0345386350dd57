using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Live;

/// <summary>
/// One connection of the hub. For each execution it follows, one loop pulls the feed and sends; a send returns when the connection's
/// buffer has room, so that a slow viewer only slows its own loops.
/// </summary>
internal sealed class HubViewer(
    Caller caller, HubCallerContext connection, ISingleClientProxy client, ExecutionFeed feed, LiveEventFactory events, ViewerAccess access, ApiOptions options, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ExecutionId, Following> _followed = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly PushPace _pace = new(clock);

    public Caller Caller { get; } = caller;

    /// <summary>Begins, or begins anew after another sequence.</summary>
    /// <returns>False if the connection follows as many as it may.</returns>
    public async Task<bool> FollowAsync(ExecutionId id, long after)
    {
        await UnfollowAsync(id);
        lock (_lock)
        {
            if (_followed.Count >= options.MaxSubscriptions)
            {
                return false;
            }

            CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted);
            _followed[id] = new(stop, Task.Run(() => RunAsync(id, after, stop), CancellationToken.None));
            return true;
        }
    }

    public async Task UnfollowAsync(ExecutionId id)
    {
        Following? following;
        lock (_lock)
        {
            _followed.Remove(id, out following);
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

    private async Task RunAsync(ExecutionId id, long after, CancellationTokenSource stop)
    {
        try
        {
            await foreach (LiveEvent live in Batches.OfAsync(feed, events, Caller.Tenant, id, after, stop.Token))
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
            logger.SlowViewerCutOff(id, options.SlowViewerLimit);
            connection.Abort();
        }
        catch (Exception e)
        {
            logger.FollowingFailed(e, id);
            connection.Abort();
        }

        Forget(id, stop);
    }

    private async Task SendAsync(LiveEvent live, CancellationToken cancellationToken)
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

    private void Forget(ExecutionId id, CancellationTokenSource stop)
    {
        lock (_lock)
        {
            if (_followed.TryGetValue(id, out Following? following) && following.Stop == stop)
            {
                _followed.Remove(id);
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
