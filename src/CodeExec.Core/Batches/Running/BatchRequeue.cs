using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Running;

/// <summary>
/// Puts submissions back to work, while their batch runs and after. What is asked for is written down first; only who works on a shard changes its
/// items, and who ends a batch looks whether something was asked for.
/// </summary>
public sealed class BatchRequeue(BatchStore batches, IOrchestrationEngine engine, BatchControl control, TimeProvider clock)
{
    /// <returns>False if there is no such submission that was set aside.</returns>
    public async Task<bool> RequestAsync(TenantId tenant, BatchId id, int index, Submission? mended, CancellationToken cancellationToken)
    {
        if ((await batches.FindAsync(tenant, id, cancellationToken))?.Value is not { } batch || !MayRequeue(batch, index) || await batches.FindItemAsync(id, index, cancellationToken) is not { } item)
        {
            return false;
        }

        // A cancelled one can be had back when the batch has ended; and one that is waiting already, because the answer to an earlier request was lost.
        bool fits = item.State == BatchItemState.Dead || (batch.IsOver && item.State is BatchItemState.Cancelled or BatchItemState.Waiting);
        if (!fits)
        {
            return false;
        }

        string? key = mended is null ? null : await batches.WriteMendedAsync(id, index, mended, cancellationToken);
        await batches.OpenAsync(batch, cancellationToken);
        await batches.WriteRequeueAsync(id, index / batch.ShardSize, new RequeueRequest(index, key, mended?.Language, mended is null ? null : SubmissionHash.Of(mended)), cancellationToken);
        return await GoOnAsync(batch, [index / batch.ShardSize], cancellationToken);
    }

    /// <summary>Work goes on at shards for which something was asked.</summary>
    internal async Task<bool> GoOnAsync(Batch batch, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        Batch? working = await batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            one => (one.IsOver ? one.MoveTo(BatchState.Running, clock.GetUtcNow()) with { EndedAt = null, Final = null, Runs = one.Runs + 1 } : one) with { Requeued = one.Requeued + 1 },
            cancellationToken);
        if (working is null)
        {
            return false;
        }

        await BatchIntake.StartAsync(engine, working, shards, cancellationToken); // begun already, unless it had ended
        foreach (int shard in shards)
        {
            await engine.RaiseEventAsync(BatchActivities.InstanceOf(working), BatchActivities.ControlEvent, $"{BatchActivities.Requeue}{shard}", cancellationToken);
        }

        control.Tell(batch.Id); // who works on the shard right now begins it at once
        return true;
    }

    private static bool MayRequeue(Batch batch, int index)
        => index >= 0 && index < batch.Total && (batch.IsOver || batch.State is BatchState.Scheduled or BatchState.Running or BatchState.Paused);
}
