using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Grading.Overriding;

/// <summary>Lets a person have the last word on points, of an execution or of one submission of a batch. What was computed stays beside it.</summary>
public sealed class GradeOverrides(IExecutionStore executions, BatchStore batches)
{
    /// <returns>Null if there is no such execution, or it has no grade; or if too many people have had the last word.</returns>
    public async Task<ExecutionRecord?> SetAsync(TenantId tenant, ExecutionId id, GradeOverride given, CancellationToken cancellationToken)
    {
        while (await executions.FindAsync(id, cancellationToken) is { Grade: { } grade } record && record.Tenant == tenant && grade.Overrides.Count < GradeOverride.MostKept)
        {
            ExecutionRecord changed = record with { Grade = grade with { Overrides = [.. grade.Overrides, given] } };
            if (await executions.TryUpdateAsync(changed, cancellationToken) is { } written)
            {
                return written;
            }
        }

        return null;
    }

    /// <param name="index">Of the submission. What was published counts: of a regrade, its submission is changed.</param>
    /// <returns>Null if there is no such submission with a grade, or its batch has not ended.</returns>
    public async Task<BatchItem?> SetAsync(TenantId tenant, BatchId id, int index, GradeOverride given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (await FindEndedAsync(tenant, id, cancellationToken) is not { } batch || index < 0 || index >= batch.Total)
        {
            return null;
        }

        int shard = index / batch.ShardSize;
        IReadOnlyList<BatchItem> items = await batches.ReadShardAsync(batch, shard, cancellationToken);
        if (items.FirstOrDefault(item => item.Index == index) is not { State: BatchItemState.Done } item || item.Overrides.Count >= GradeOverride.MostKept)
        {
            return null;
        }

        decimal computed = item.ComputedScore ?? item.Score;
        BatchItem changed = item with { Score = given.Points ?? computed, ComputedScore = given.Points is null ? null : computed, Overrides = [.. item.Overrides, given] };
        await batches.WriteShardAsync(batch.Id, shard, [changed], ShardTally.Of([.. items.Select(one => one.Index == index ? changed : one)]), cancellationToken);
        await batches.ChangeAsync(tenant, batch.Id, one => one.Final is null ? null : one with { Final = null }, cancellationToken); // what it came to is counted anew
        return changed;
    }

    private async Task<Batch?> FindEndedAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        Batch? batch = (await batches.FindAsync(tenant, id, cancellationToken))?.Value;
        batch = batch?.Published is { } published ? (await batches.FindAsync(tenant, published, cancellationToken))?.Value : batch;
        return batch?.State.IsFinal() == true ? batch : null;
    }
}
