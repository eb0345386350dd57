using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Queues;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>Takes batches from the queue. A message is completed when its batch is durable; one that can never be one goes to the poison queue.</summary>
public sealed class BatchQueueIntake(IWorkQueue queue, BatchIntake intake, ILogger<BatchQueueIntake> logger)
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
            await queue.SendAsync(QueueNames.PoisonOf(QueuedBatch.Queue), message.Body, TimeSpan.Zero, cancellationToken);
        }

        await queue.CompleteAsync(message, cancellationToken);
        return true;
    }

    /// <summary>For messages that somebody else receives and completes (a queue function).</summary>
    /// <returns>Null when it was taken in, now or before; else why it never will be.</returns>
    public async Task<string?> TakeInAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            QueuedBatch queued = QueuedBatch.Parse(body);
            if (!TenantNames.IsValid(queued.Tenant))
            {
                return TenantNames.Rule;
            }

            // The id is made from the sender's: the same message finds the batch that it made before.
            BatchId id = new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{queued.Tenant}\n{queued.Id}")).AsSpan(0, 16)));
            IAsyncEnumerable<BatchSubmission> submissions = queued.Submissions.Select(one => new BatchSubmission(one.Id, one.Submission)).ToAsyncEnumerable();
            return await intake.CreateOnceAsync(new TenantId(queued.Tenant), id, queued.Batch, submissions, cancellationToken) is CreateBatchOutcome.Invalid invalid
                ? string.Join(' ', invalid.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}"))
                : null;
        }
        catch (Exception e) when (e is JsonException or BatchRefusedException)
        {
            return e.Message;
        }
    }
}
