using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Batches;

/// <summary>Forgets a batch with all that belongs to it alone. Its record goes last, so that a removal that was cut short can be repeated.</summary>
public sealed class BatchRemoval(BatchStore batches, GradedBefore graded, OwnProblems own, ReservedIds ids)
{
    public async Task RemoveAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.RegradeOf is { } original)
        {
            // Whose results stood for those of another: that one has its own again.
            await batches.ChangeAsync(batch.Tenant, original, one => one.Published == batch.Id ? one with { Published = null } : null, cancellationToken);
        }

        await graded.ForgetAsync(batch, batches.ReadItemsAsync(batch.Id, cancellationToken), cancellationToken);
        if (OwnProblems.IsId(batch.Problem.Id) && batch.Problem.Id == OwnProblems.IdOf(batch.Id))
        {
            await own.DeleteAsync(batch.Tenant, batch.Problem.Id, cancellationToken);
        }

        await ids.ReleaseAsync(batch.Tenant, BatchIntake.KeyOf(batch.IdempotencyKey), cancellationToken);
        await batches.DeleteAsync(batch.Tenant, batch.Id, cancellationToken);
    }
}
