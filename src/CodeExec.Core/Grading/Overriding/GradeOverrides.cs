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

        BatchItem changed = item.With([.. item.Overrides, given]);
        await WriteAsync(batch, shard, items, [changed], cancellationToken);
        return changed;
    }

    /// <summary>Has what people said of one grading of some submissions hold for another of the same, too. What is there already stays, so it may be repeated.</summary>
    /// <param name="to">Has ended.</param>
    public async Task CarryAsync(Batch from, Batch to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        Dictionary<int, BatchItem> said = await batches.ReadItemsAsync(from.Id, cancellationToken).Where(item => item.Overrides.Count > 0).ToDictionaryAsync(item => item.Index, cancellationToken: cancellationToken);
        foreach (int shard in said.Keys.Where(index => index < to.Total).Select(index => index / to.ShardSize).Distinct())
        {
            IReadOnlyList<BatchItem> items = await batches.ReadShardAsync(to, shard, cancellationToken);
            BatchItem[] changed = [.. items.Where(item => said.ContainsKey(item.Index)).Select(item => item.WithOverridesOf(said[item.Index])).Except(items)];
            if (changed.Length > 0)
            {
                await WriteAsync(to, shard, items, changed, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(Batch batch, int shard, IReadOnlyList<BatchItem> items, IReadOnlyCollection<BatchItem> changed, CancellationToken cancellationToken)
    {
        Dictionary<int, BatchItem> news = changed.ToDictionary(item => item.Index);
        await batches.WriteShardAsync(batch.Id, shard, changed, ShardTally.Of([.. items.Select(item => news.GetValueOrDefault(item.Index, item))]), cancellationToken);
        await batches.ChangeAsync(batch.Tenant, batch.Id, one => one.Final is null ? null : one with { Final = null }, cancellationToken); // what it came to is counted anew
    }

    private async Task<Batch?> FindEndedAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        Batch? batch = (await batches.FindAsync(tenant, id, cancellationToken))?.Value;
        batch = batch?.Published is { } published ? (await batches.FindAsync(tenant, published, cancellationToken))?.Value : batch;
        return batch?.State.IsFinal() == true ? batch : null;
    }
}
