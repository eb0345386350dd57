using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Live.Pushed;

/// <summary>
/// Pushes what is written to a feed in this process to the viewers of its execution. The writer pushes, nobody else: so each event goes out once, however many
/// processes there are. A push that fails is not tried again; viewers see the gap in the sequences and fetch it.
/// </summary>
internal sealed class FeedPusher(ILiveChannel channel, ExecutionFeed feed, IExecutionStore executions, LiveEventFactory events, ILogger<FeedPusher> logger) : IAsyncDisposable
{
    private readonly PushesByKey<ExecutionId> _pushes = new();

    /// <summary>Begins after a sequence, unless it is at it already.</summary>
    public void Begin(ExecutionId id, long after) => _pushes.Begin(id, () => RunAsync(id, after));

    public ValueTask DisposeAsync() => _pushes.DisposeAsync();

    private async Task RunAsync(ExecutionId id, long after)
    {
        try
        {
            if (await executions.FindAsync(id, _pushes.Stop) is not { } record)
            {
                return;
            }
            await foreach (LiveEvent live in Batches.OfAsync(feed, events, record.Tenant, id, after, _pushes.Stop))
            {
                await PushAsync(new LiveAudience.Group(LiveGroups.Of(id)), live);
                if (live is StatusEvent or ResultEvent)
                {
                    await PushAsync(new LiveAudience.Group(LiveGroups.Of(record.Tenant)), live);
                }
            }
        }
        catch (OperationCanceledException) when (_pushes.Stop.IsCancellationRequested)
        {
            // The host ends: another process goes on with the execution, and with its viewers.
        }
        catch (Exception e)
        {
            logger.FollowingFailed(e, LiveGroups.Of(id));
        }
    }

    private async Task PushAsync(LiveAudience audience, LiveEvent live)
    {
        try
        {
            await channel.SendAsync(audience, live.Name, LivePayload.Of(live), _pushes.Stop);
        }
        catch (LiveChannelException e)
        {
            logger.NotPushed(e, LiveGroups.Of(live.ExecutionId), live.Sequence);
        }
    }
}
