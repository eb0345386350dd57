using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

/// <summary>Takes submissions from the queue into the same service as those over HTTP.</summary>
internal sealed class SubmissionIntake(IExecutionService executions, AzureWorkQueue queue, ILogger<SubmissionIntake> logger)
{
    public const string Kind = "intake";

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
}
