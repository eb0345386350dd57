using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches;

/// <inheritdoc/>
public sealed class BatchRetention(BatchStore batches, BatchRemoval removal, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "batches";

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow() - options.Value.Batches;
        int removed = 0;
        await foreach (Batch batch in batches.ListOldAsync(before, cancellationToken).Where(batch => batch.IsOver && batch.EndedAt < before))
        {
            await removal.RemoveAsync(batch, cancellationToken);
            removed++;
        }

        return removed;
    }
}
