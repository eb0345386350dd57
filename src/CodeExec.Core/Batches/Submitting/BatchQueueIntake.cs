using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>
/// Takes batches from the queue, for a host that looks into it (<see cref="TakeAsync"/>) and for one that is handed its messages
/// (<see cref="AcceptAsync"/>). A message is done when its batch is durable; one that can never be one goes to the poison queue with the reason.
/// </summary>
public sealed class BatchQueueIntake(IWorkQueue queue, IBlobStore blobs, IBatchForms forms, BatchIntake intake, TimeProvider clock, ILogger<BatchQueueIntake> logger)
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(5);

    /// <returns>Whether there was one.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueMessage> messages = await queue.ReceiveAsync(QueuedBatch.Queue, 1, Hidden, cancellationToken);
        if (messages.Count == 0)
        {
            return false;
        }

        await AcceptAsync(messages[0].Id, messages[0].Body, cancellationToken);
        await queue.CompleteAsync(messages[0], cancellationToken);
        return true;
    }

    /// <summary>After this the message is done with: it was taken in, now or before, or it stands in the poison queue.</summary>
    /// <exception cref="BatchBusyException">Somebody takes it in right now: let the message come back.</exception>
    public async Task AcceptAsync(string messageId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        QueuedBatch? queued = null;
        try
        {
            queued = forms.ReadMessage(message);
            if (!TenantNames.IsValid(queued.Tenant))
            {
                throw new BatchRefusedException(TenantNames.Rule);
            }

            await CreateAsync(queued, cancellationToken);
        }
        catch (BatchRefusedException e)
        {
            // Trying again would change nothing: it is put where a person looks, at once, and a blob stays with it.
            logger.BatchRefused(messageId, e.Message);
            await queue.SendAsync(QueueNames.PoisonOf(QueuedBatch.Queue), PoisonedBatch.Of(message, e.Message, clock.GetUtcNow()), TimeSpan.Zero, cancellationToken);
            return;
        }

        if (queued.Blob is { } taken)
        {
            await blobs.DeleteAsync(QueuedBatch.BlobPrefix + taken, cancellationToken);
        }
    }

    private async Task CreateAsync(QueuedBatch queued, CancellationToken cancellationToken)
    {
        TenantId tenant = new(queued.Tenant);
        BatchOrigin origin = new($"{QueuedBatch.Queue} {queued.Id}");
        await using Stream? blob = queued.Blob is { } name ? await blobs.OpenReadAsync(QueuedBatch.BlobPrefix + name, cancellationToken) : null;
        if (queued.Blob is not null && blob is null)
        {
            if (await intake.IsKnownAsync(tenant, origin.IdempotencyKey!, cancellationToken))
            {
                return; // it was taken in, and its blob went
            }

            throw new BatchRefusedException($"There is no blob '{queued.Blob}' below {QueuedBatch.BlobPrefix}: put it there before the message.");
        }

        BatchContent content = blob is null
            ? new BatchContent(queued.Batch, queued.Submissions!.ToAsyncEnumerable())
            : await forms.ReadAsync(blob, queued.Format, queued.Batch, cancellationToken);
        switch (await intake.CreateAsync(tenant, content.Draft, content.Submissions, origin, cancellationToken))
        {
            case CreateBatchOutcome.Invalid invalid:
                throw new BatchRefusedException(string.Join(' ', invalid.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
            case CreateBatchOutcome.KeyConflict:
                throw new BatchRefusedException($"The id '{queued.Id}' was used for another batch.");
            case CreateBatchOutcome.Busy:
                throw new BatchBusyException();
            default:
                break;
        }
    }
}
