using CodeExec.Core.Callbacks;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>Gives those that are the same as another what that one came to, and ends the batch. Repeating it finds it done.</summary>
public sealed class SettleBatch(BatchStore batches, BatchControl control, CallbackStarter callbacks, TimeProvider clock) : IActivity<BatchStart, IReadOnlyList<int>>
{
    /// <returns>The shards that have something to do before the batch can end.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(ActivityContext context, BatchStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        while ((await batches.FindAsync(input.Tenant, input.Id, cancellationToken))?.Value is { } batch && batch.Runs == input.Run)
        {
            if (await SettleAsync(batch, cancellationToken) is { Count: > 0 } left)
            {
                return left;
            }

            // Its orchestration is at its end: nothing needs to look after it any more.
            await batches.CloseAsync(input.Id, cancellationToken);
            ShardTally tally = await batches.TallyAsync(input.Id, cancellationToken);
            Batch? ended = await batches.ChangeAsync(input.Tenant, input.Id, one => one.Requeued == batch.Requeued && one.State == batch.State ? End(one, tally) : null, cancellationToken);
            if (ended is null or { IsOver: true })
            {
                if (ended is not null)
                {
                    await callbacks.TellAsync(ended, tally, cancellationToken);
                }

                break;
            }
        }

        control.Tell(input.Id);
        return [];
    }

    private Batch? End(Batch batch, ShardTally tally)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return batch.IsOver ? null : (batch.State.IsFinal() ? batch : batch.MoveTo(BatchState.Completed, now)) with { EndedAt = now, Final = tally };
    }

    private async Task<IReadOnlyList<int>> SettleAsync(Batch batch, CancellationToken cancellationToken)
    {
        bool cancelled = batch.State == BatchState.Cancelled;
        SortedSet<int> left = cancelled || batch.IsOver ? [] : [.. (await batches.ReadRequeuesAsync(batch.Id, null, cancellationToken)).Select(one => one.Index / batch.ShardSize)];
        for (int shard = 0; shard < batch.Shards; shard++)
        {
            if (await SettleAsync(batch, shard, cancelled, cancellationToken))
            {
                left.Add(shard);
            }
        }

        return [.. left];
    }

    /// <returns>Whether something is left to do there.</returns>
    private async Task<bool> SettleAsync(Batch batch, int shard, bool cancelled, CancellationToken cancellationToken)
    {
        BatchItem[] items = [.. await batches.ReadShardAsync(batch, shard, cancellationToken)];
        List<BatchItem> changed = [];
        for (int at = 0; at < items.Length; at++)
        {
            BatchItem item = items[at];
            items[at] = item.ReuseOf is { } first && await batches.FindItemAsync(batch.Id, first, cancellationToken) is { } leader ? Follow(item, leader) : item;
            if (cancelled && items[at].State == BatchItemState.Waiting)
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

        return items.Any(item => item is { State: BatchItemState.Waiting, ReuseOf: null });
    }

    private static BatchItem Follow(BatchItem item, BatchItem leader)
        => leader.State == item.State ? item
            : leader.Mended is null ? leader with { Index = item.Index, Key = item.Key, ReuseOf = leader.Index, Attempts = 0, DurationMs = 0 }
            : item.State == BatchItemState.Waiting ? item with { ReuseOf = null } // that one is another program now: this one is graded by itself
            : item;
}
