using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

/// <summary>Takes submissions from the queue into the same service as those over HTTP.</summary>
internal sealed class SubmissionIntake(IExecutionService executions, AzureWorkQueue queue, IBlobStore blobs, ILogger<SubmissionIntake> logger)
{
    /// <summary>What stays after a message was given up, for whoever looks into it.</summary>
    public const string PoisonPrefix = "intake/poison/";

    /// <exception cref="SubmissionRefusedException">It will not be accepted, ever.</exception>
    /// <exception cref="ServiceBusyException">It may be accepted later.</exception>
    public async Task TakeAsync(BinaryData message, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await queue.ReadBodyAsync(message, cancellationToken) ?? throw new SubmissionRefusedException("Its body is gone.");
        QueuedSubmission queued;
        try
        {
            queued = QueuedSubmission.Parse(body);
        }
        catch (JsonException e)
        {
            throw new SubmissionRefusedException(e.Message);
        }
        if (!TenantNames.IsValid(queued.Tenant))
        {
            throw new SubmissionRefusedException(TenantNames.Rule);
        }
        IdempotencyKey key = new($"intake {queued.Id}", Convert.ToHexStringLower(SHA256.HashData(body.Span)));
        SubmitOutcome outcome = await executions.SubmitAsync(new TenantId(queued.Tenant), queued.Submission, key, cancellationToken);
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                logger.TakenIn(accepted.Record.Id);
                break;
            case SubmitOutcome.Repeated:
                break;
            case SubmitOutcome.Busy:
                throw new ServiceBusyException();
            case SubmitOutcome.Invalid invalid:
                throw new SubmissionRefusedException(string.Join(' ', invalid.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
            default:
                throw new SubmissionRefusedException("Its id was used for another submission.");
        }
        await queue.DropBodyAsync(message, cancellationToken);
    }

    /// <summary>Keeps a message that was given up where it can be looked at, and says so.</summary>
    public async Task TellAsync(BinaryData message, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await queue.ReadBodyAsync(message, cancellationToken) ?? ReadOnlyMemory<byte>.Empty;
        string key = PoisonPrefix + Convert.ToHexStringLower(SHA256.HashData(body.Span));
        await blobs.WriteAsync(key, body, cancellationToken);
        logger.GivenUp(key);
        await queue.DropBodyAsync(message, cancellationToken);
    }
}
