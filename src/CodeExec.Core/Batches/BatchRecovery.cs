using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches;

/// <summary>At start: every batch that was accepted is at work, and of one that was still coming in nothing is left; its client got no answer.</summary>
public sealed class BatchRecovery(BatchStore batches, IOrchestrationEngine engine, TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (OpenBatch open in await batches.ListOpenAsync(cancellationToken))
        {
            switch ((await batches.FindAsync(open.Tenant, open.Id, cancellationToken))?.Value)
            {
                case null:
                    await batches.DeleteAsync(open.Tenant, open.Id, cancellationToken);
                    break;
                case { State: BatchState.Receiving } received when received.CreatedAt < _start:
                    await batches.DeleteAsync(open.Tenant, open.Id, cancellationToken);
                    break;
                case { State: not BatchState.Receiving } batch:
                    await BatchIntake.StartAsync(engine, batch, null, cancellationToken);
                    break;
                default:
                    break; // comes in right now
            }
        }
    }
}
