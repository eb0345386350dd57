using CodeExec.Core.Callbacks;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>Gives those that are the same as another what that one came to, and ends the batch. Repeating it finds it done.</summary>
public sealed class SettleBatch(BatchStore batches, BatchControl control, CallbackStarter callbacks, TimeProvider clock) : IActivity<BatchStart, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, BatchStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if ((await batches.FindAsync(input.Tenant, input.Id, cancellationToken))?.Value is not { } batch)
        {
            return true; // deleted
        }

        bool cancelled = batch.State == BatchState.Cancelled;
        for (int shard = 0; shard < batch.Shards; shard++)
        {
            await SettleAsync(batch, shard, cancelled, cancellationToken);
        }

        Batch? ended = await batches.ChangeAsync(
            input.Tenant,
            input.Id,
            one => one.State.IsFinal() ? (one.EndedAt is null ? one with { EndedAt = clock.GetUtcNow() } : null) : one with { State = BatchState.Completed, EndedAt = clock.GetUtcNow() },
            cancellationToken);
        if (ended is not null)
        {
            await callbacks.TellAsync(ended, await batches.TallyAsync(input.Id, cancellationToken), cancellationToken);
        }

        await batches.CloseAsync(input.Id, cancellationToken);
        control.Tell(input.Id);
        return true;
    }

    private async Task SettleAsync(Batch batch, int shard, bool cancelled, CancellationToken cancellationToken)
    {
        BatchItem[] items = [.. await batches.ReadShardAsync(batch, shard, cancellationToken)];
        List<BatchItem> changed = [];
        for (int at = 0; at < items.Length; at++)
        {
            BatchItem item = items[at];
            if (item.ReuseOf is { } first && await batches.FindItemAsync(batch.Id, first, cancellationToken) is { } leader && leader.State != item.State)
            {
                items[at] = leader with { Index = item.Index, Key = item.Key, ReuseOf = first, Attempts = 0, DurationMs = 0 };
            }
            else if (cancelled && item.State == BatchItemState.Waiting)
            {
                items[at] = item with { State = BatchItemState.Cancelled };
            }

            if (!ReferenceEquals(items[at], item))
            {
                changed.Add(items[at]);
            }
        }

        if (changed.Count > 0)
        {
            await batches.WriteShardAsync(batch.Id, shard, changed, ShardTally.Of(items), cancellationToken);
        }
    }
}
