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

        IReadOnlyList<BatchItem> changed = await ChangeAsync(
            batch,
            index / batch.ShardSize,
            items => items.Where(item => item.Index == index && item.State == BatchItemState.Done && item.Overrides.Count < GradeOverride.MostKept).Select(item => item.With([.. item.Overrides, given])),
            cancellationToken);
        return changed.SingleOrDefault();
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
            IReadOnlyList<BatchItem> changed;
            do
            {
                changed = await ChangeAsync(
                    to, shard, items => items.Where(item => said.ContainsKey(item.Index)).Select(item => item.WithOverridesOf(said[item.Index])).Except(items), cancellationToken);
            }
            while (changed.Count > 0);
        }
    }

    private async Task<IReadOnlyList<BatchItem>> ChangeAsync(Batch batch, int shard, Func<IReadOnlyList<BatchItem>, IEnumerable<BatchItem>> change, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchItem> changed = await batches.ChangeShardAsync(batch, shard, change, cancellationToken);
        if (changed.Count > 0)
        {
            await batches.ChangeAsync(batch.Tenant, batch.Id, one => one.Final is null ? null : one with { Final = null }, cancellationToken); // what it came to is counted anew
        }

        return changed;
    }

    private async Task<Batch?> FindEndedAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        Batch? batch = (await batches.FindAsync(tenant, id, cancellationToken))?.Value;
        batch = batch?.Published is { } published ? (await batches.FindAsync(tenant, published, cancellationToken))?.Value : batch;
        return batch?.IsOver == true ? batch : null; // of one that is only cancelled, some are still written
    }
}
