using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>
/// Settles the submissions of a shard. What is known is written submission by submission: a repeated call loses nothing and does nothing twice.
/// Nobody else changes the items of a shard meanwhile.
/// </summary>
public sealed class RunShard(BatchStore batches, GradeSubmission grading, BatchControl control, IEnumerable<IBatchWatcher> watchers) : IActivity<ShardWork, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ShardWork input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if ((await batches.FindAsync(input.Tenant, input.Id, cancellationToken))?.Value is not { } batch)
        {
            return true; // deleted
        }

        foreach (IBatchWatcher watcher in watchers)
        {
            watcher.Watch(batch.Tenant, batch.Id);
        }

        BatchItem[] items = [.. await batches.ReadShardAsync(batch, input.Shard, cancellationToken)];
        await ApplyRequeuesAsync(batch, input.Shard, items, cancellationToken);
        IReadOnlyList<Submission> submissions = await batches.ReadSubmissionsAsync(batch.Id, input.Shard, cancellationToken);
        using SemaphoreSlim writing = new(1, 1);
        int[] left = [.. Enumerable.Range(0, items.Length).Where(at => items[at] is { State: BatchItemState.Waiting, ReuseOf: null })];
        int next = -1;
        bool interrupted = false;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(input.Concurrency, left.Length)).Select(async _ =>
        {
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < left.Length)
            {
                BatchState state = await control.StateAfterPauseAsync(batch.Tenant, batch.Id, cancellationToken);
                if (state == BatchState.Paused)
                {
                    interrupted = true;
                    return;
                }

                int at = left[mine];
                BatchItem settled = state == BatchState.Cancelled
                    ? items[at] with { State = BatchItemState.Cancelled }
                    : await grading.GradeAsync(batch, items[at], submissions[at], cancellationToken);
                await writing.WaitAsync(cancellationToken);
                try
                {
                    items[at] = settled;
                    await batches.WriteShardAsync(batch.Id, input.Shard, [settled], ShardTally.Of(items), cancellationToken);
                }
                finally
                {
                    writing.Release();
                }

                control.Tell(batch.Id);
            }
        }));
        return !interrupted;
    }

    private async Task ApplyRequeuesAsync(Batch batch, int shard, BatchItem[] items, CancellationToken cancellationToken)
    {
        IReadOnlyList<RequeueRequest> requests = await batches.ReadRequeuesAsync(batch.Id, shard, cancellationToken);
        if (requests.Count == 0)
        {
            return;
        }

        List<BatchItem> changed = [];
        foreach (RequeueRequest request in requests)
        {
            int at = Array.FindIndex(items, item => item.Index == request.Index);
            if (at >= 0 && request.ApplyTo(items[at]) is { } again)
            {
                items[at] = again;
                changed.Add(again);
            }
        }

        await batches.ApplyRequeuesAsync(batch.Id, shard, changed, requests, ShardTally.Of(items), cancellationToken);
        control.Tell(batch.Id);
    }
}
