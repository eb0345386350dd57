using CodeExec.Core.Batches.Submitting;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

/// <summary>Takes batches from the queue as the other host's worker does; receiving and completing is the Functions host's part, and so is giving up what fails again and again.</summary>
internal sealed class BatchMessages(BatchQueueIntake intake, AzureWorkQueue queue, TimeProvider clock, ILogger<BatchMessages> logger)
{
    public async Task TakeAsync(BinaryData message, CancellationToken cancellationToken)
    {
        if (await queue.ReadBodyAsync(message, cancellationToken) is not { } body)
        {
            return; // its batch is durable: the body goes last
        }
        if (await intake.TakeInAsync(body, cancellationToken) is { } refusal)
        {
            // Trying again would change nothing: it is put where a person looks, at once.
            logger.BatchRefused(refusal);
            await queue.SendAsync(PoisonMessages.Queue, PoisonedBatch.Of(body, refusal, clock.GetUtcNow()), TimeSpan.Zero, cancellationToken);
        }
        await queue.DropBodyAsync(message, cancellationToken);
    }
}
