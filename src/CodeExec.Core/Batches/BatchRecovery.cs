using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches;

/// <summary>At start, or now and then: every batch that was accepted is at work, and of one that was still coming in nothing is left; its client got no answer.</summary>
public sealed class BatchRecovery(BatchStore batches, BatchRemoval removal, BatchRequeue requeue, IOrchestrationEngine engine, TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(_start, cancellationToken);

    /// <param name="receivedBefore">What began to come in before, and still does, has been left: for hosts of several processes, some time ago.</param>
    public async Task RunAsync(DateTimeOffset receivedBefore, CancellationToken cancellationToken)
    {
        foreach (OpenBatch open in await batches.ListOpenAsync(cancellationToken))
        {
            switch ((await batches.FindAsync(open.Tenant, open.Id, cancellationToken))?.Value)
            {
                case null:
                    if (OldDocuments.TimeOf(open.Id.ToString()) < receivedBefore) // else it is about to be stored
                    {
                        await batches.DeleteAsync(open.Tenant, open.Id, cancellationToken);
                    }

                    break;
                case { State: BatchState.Receiving } received:
                    if (received.CreatedAt < receivedBefore) // else it comes in right now
                    {
                        await removal.RemoveAsync(received, cancellationToken);
                    }

                    break;
                case { IsOver: true } over:
                    await FinishRequeueAsync(over, cancellationToken);
                    break;
                case { } batch:
                    await BatchIntake.StartAsync(engine, batch, null, cancellationToken);
                    await BatchOrders.SayAsync(batches, engine, batch, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Something was asked for when it had ended, and a crash came before it was begun.</summary>
    private async Task FinishRequeueAsync(Batch over, CancellationToken cancellationToken)
    {
        int[] shards = [.. (await batches.ReadRequeuesAsync(over.Id, null, cancellationToken)).Select(one => one.Index / over.ShardSize).Distinct()];
        if (shards.Length > 0)
        {
            await requeue.GoOnAsync(over, shards, cancellationToken);
        }
        else
        {
            await batches.CloseAsync(over.Id, cancellationToken);
        }
    }
}
