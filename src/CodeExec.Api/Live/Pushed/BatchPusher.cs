using CodeExec.Core.Batches;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Live.Pushed;

/// <summary>
/// Pushes how far a batch is to its viewers, from each process that works on it: with several an event may come more than once, and a later one
/// says the same or more. A push that fails is not tried again.
/// </summary>
internal sealed class BatchPusher(ILiveChannel channel, BatchNews news, ILogger<BatchPusher> logger) : IBatchWatcher, IAsyncDisposable
{
    private readonly PushesByKey<BatchId> _pushes = new();

    public void Watch(TenantId tenant, BatchId id) => _pushes.Begin(id, () => RunAsync(tenant, id));

    public ValueTask DisposeAsync() => _pushes.DisposeAsync();

    private async Task RunAsync(TenantId tenant, BatchId id)
    {
        try
        {
            await foreach (BatchEvent? happened in news.FollowAsync(tenant, id, _pushes.Stop))
            {
                if (happened is not null)
                {
                    await PushAsync(happened);
                }
            }
        }
        catch (OperationCanceledException) when (_pushes.Stop.IsCancellationRequested)
        {
            // The host ends: another process goes on with the batch, and with its viewers.
        }
        catch (Exception e)
        {
            logger.FollowingFailed(e, LiveGroups.Of(id));
        }
    }

    private async Task PushAsync(BatchEvent happened)
    {
        try
        {
            await channel.SendAsync(new LiveAudience.Group(LiveGroups.Of(happened.BatchId)), happened.Name, LivePayload.Of(happened), _pushes.Stop);
        }
        catch (LiveChannelException e)
        {
            logger.NotPushed(e, LiveGroups.Of(happened.BatchId), happened.Sequence);
        }
    }
}
