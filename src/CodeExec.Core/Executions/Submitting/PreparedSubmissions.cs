using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>Accepts what has been checked: it becomes an execution that will reach exactly one end.</summary>
public sealed class PreparedSubmissions(GradedSubmissions graded, IExecutionAcceptance acceptance, TimeProvider clock)
{
    public async Task<SubmitOutcome> AcceptAsync(TenantId tenant, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionRecord record = new()
        {
            Id = ExecutionId.New(clock),
            Tenant = tenant,
            Status = ExecutionStatus.Queued,
            Language = spec.Language,
            Version = spec.Version,
            Provider = spec.Provider,
            CreatedAt = clock.GetUtcNow(),
            Labels = spec.Labels,
            Callback = spec.Callback is null ? null : true,
            StartAt = spec.StartAt,
        };
        ExecutionSpec placed = await graded.PlaceAsync(record.Id, spec, cancellationToken);
        SubmitOutcome outcome = await AcceptAsync(record, placed, key, cancellationToken);
        if (outcome is not SubmitOutcome.Accepted)
        {
            await graded.ForgetAsync(record.Id, placed, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<SubmitOutcome> AcceptAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        try
        {
            return await acceptance.AcceptAsync(record, spec, key, cancellationToken) switch
            {
                CreateOutcome.Created created => new SubmitOutcome.Accepted(created.Record),
                CreateOutcome.Existing existing => new SubmitOutcome.Repeated(existing.Record),
                CreateOutcome.KeyConflict => new SubmitOutcome.KeyConflict(),
                var other => throw new InvalidOperationException($"The store answered {other}."),
            };
        }
        catch (EngineBusyException e)
        {
            return new SubmitOutcome.Busy(e.RetryAfter);
        }
    }
}
