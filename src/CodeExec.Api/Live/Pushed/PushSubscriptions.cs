using System.Runtime.CompilerServices;
using CodeExec.Api.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Live.Pushed;

/// <summary>For connections to a service: groups there, and what is in the feed already is sent from here.</summary>
internal sealed class PushSubscriptions(ILiveChannel channel, ExecutionFeed feed, LiveEventFactory events, TimeProvider clock) : ISubscriptions
{
    public async Task SubscribeAsync(Caller caller, string connectionId, ExecutionRecord execution, long after, CancellationToken cancellationToken)
    {
        // First into the group, then what is there already: what comes in between comes twice, and not never.
        await channel.JoinAsync(connectionId, LiveGroups.Of(execution.Id), cancellationToken);
        await foreach (LiveEvent live in Backlog.JoinAsync(KnownAsync(execution, after, cancellationToken)))
        {
            await channel.SendAsync(new LiveAudience.Connection(connectionId), live.Name, LivePayload.Of(live), cancellationToken);
        }
    }

    public Task SubscribeAsync(Caller caller, string connectionId, CancellationToken cancellationToken)
        => channel.JoinAsync(connectionId, LiveGroups.Of(caller.Tenant), cancellationToken);

    public async Task SubscribeAsync(Caller caller, string connectionId, BatchSummary batch, CancellationToken cancellationToken)
    {
        await channel.JoinAsync(connectionId, LiveGroups.Of(batch.Batch.Id), cancellationToken);
        BatchEvent[] known = batch.Batch.IsOver
            ? [BatchProgressEvent.Of(batch, clock.GetUtcNow()), BatchResultEvent.Of(batch, clock.GetUtcNow())]
            : [BatchProgressEvent.Of(batch, clock.GetUtcNow())];
        foreach (BatchEvent happened in known)
        {
            await channel.SendAsync(new LiveAudience.Connection(connectionId), happened.Name, LivePayload.Of(happened), cancellationToken);
        }
    }

    public Task UnsubscribeAsync(Caller caller, string connectionId, string subject, CancellationToken cancellationToken) => channel.LeaveAsync(connectionId, subject, cancellationToken);

    private async IAsyncEnumerable<LiveEvent> KnownAsync(ExecutionRecord record, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StepNodes nodes = new(record.Id);
        await foreach (LogEntry entry in feed.ReadAsync(record, after, cancellationToken))
        {
            if (nodes.Begun(entry) is { } begun)
            {
                yield return begun;
            }

            LiveEvent live = await events.CreateAsync(record.Tenant, record.Id, entry, cancellationToken);
            foreach (NodeEvent node in nodes.Ended(live))
            {
                yield return node;
            }

            yield return live;
            if (LiveEventFactory.ProgressOf(record.Id, entry) is { } progress)
            {
                yield return progress;
            }
        }
    }
}
