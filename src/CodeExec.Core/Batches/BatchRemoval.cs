using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Batches;

/// <summary>Waits for the end of a batch's work and forgets it, with all that belongs to it alone. Its record goes last, so that a removal that was cut short can be repeated.</summary>
public sealed class BatchRemoval(BatchStore batches, GradedBefore graded, OwnProblems own, ReservedIds ids, IOrchestrationEngine engine)
{
    public async Task RemoveAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int run = 1; run <= batch.Runs; run++)
        {
            string instance = BatchActivities.InstanceOf(batch with { Runs = run });
            await engine.WaitForEndAsync(instance, cancellationToken);
            await engine.PurgeAsync(instance, cancellationToken);
        }

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

        if (BatchIntake.KeyOf(batch.IdempotencyKey) is { } key && await ids.FindAsync(batch.Tenant, key, cancellationToken) == batch.Id.ToString())
        {
            await ids.ReleaseAsync(batch.Tenant, key, cancellationToken);
        }

        await batches.DeleteAsync(batch.Tenant, batch.Id, cancellationToken);
    }
}
