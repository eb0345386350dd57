using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>
/// Takes batches from the queue, for a host that looks into it (<see cref="TakeAsync"/>) and for one that is handed its messages
/// (<see cref="TakeInAsync"/>). A message is done when its batch is durable; one that can never be one goes to the poison queue with the reason.
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

        QueueMessage message = messages[0];
        if (await TakeInAsync(message.Body, cancellationToken) is { } refusal)
        {
            // Trying again would change nothing: it is put where a person looks, at once.
            logger.BatchRefused(message.Id, refusal);
            await queue.SendAsync(PoisonMessages.Queue, PoisonedBatch.Of(message.Body, refusal, clock.GetUtcNow()), TimeSpan.Zero, cancellationToken);
        }

        await queue.CompleteAsync(message, cancellationToken);
        return true;
    }

    /// <summary>For messages that somebody else receives and completes (a queue function).</summary>
    /// <returns>Null when it was taken in, now or before; else why it never will be.</returns>
    /// <exception cref="BatchBusyException">Somebody takes it in right now: let the message come back.</exception>
    public async Task<string?> TakeInAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            QueuedBatch queued = forms.ReadMessage(body);
            if (!TenantNames.IsValid(queued.Tenant))
            {
                throw new BatchRefusedException(TenantNames.Rule);
            }

            await CreateAsync(queued, cancellationToken);
            if (queued.Blob is { } taken)
            {
                await blobs.DeleteAsync(QueuedBatch.BlobPrefix + taken, cancellationToken);
            }

            return null;
        }
        catch (BatchRefusedException e)
        {
            return e.Message; // its blob stays, for whoever looks into it
        }
    }

    private async Task CreateAsync(QueuedBatch queued, CancellationToken cancellationToken)
    {
        TenantId tenant = new(queued.Tenant);
        BatchOrigin origin = new($"{QueuedBatch.Queue} {queued.Id}");
        await using Stream? blob = queued.Blob is { } name ? await blobs.OpenReadAsync(QueuedBatch.BlobPrefix + name, cancellationToken) : null;
        if (queued.Blob is not null && blob is null)
        {
            if (await intake.FindKnownAsync(tenant, origin.IdempotencyKey!, cancellationToken) is not null)
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
