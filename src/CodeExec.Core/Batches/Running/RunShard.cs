using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>
/// Settles the submissions of a shard. What is known is written submission by submission: a repeated call loses nothing and does nothing twice.
/// Nobody else changes the items of a shard meanwhile.
/// </summary>
public sealed class RunShard(BatchStore batches, GradeSubmission grading, BatchControl control, IEnumerable<IBatchWatcher> watchers, TimeProvider clock) : IActivity<ShardWork, bool>
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
        IReadOnlyList<Submission> submissions = await batches.ReadSubmissionsAsync(batch.Id, input.Shard, cancellationToken);
        using ShardRun run = new(batch, input, items, submissions, batches, grading, control, clock);
        await run.ApplyRequeuesAsync(cancellationToken);
        return await run.RunAsync(cancellationToken);
    }
}
