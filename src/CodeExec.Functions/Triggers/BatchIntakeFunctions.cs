using CodeExec.Functions.Engine;
using CodeExec.Functions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Triggers;

/// <summary>Batches from the queue "batch-grading". One that throws is given out again, at last to the poison queue; the host does both. Nothing here reads that one: people do, over /api/queues.</summary>
internal sealed class BatchIntakeFunctions(BatchMessages batches, DurableClientSource engine)
{
    [Function("BatchGrading")]
    public Task TakeAsync([QueueTrigger("%BatchQueue%", Connection = "AzureWebJobsStorage")] BinaryData message, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        engine.Use(client);
        return batches.TakeAsync(message, stop);
    }
}
