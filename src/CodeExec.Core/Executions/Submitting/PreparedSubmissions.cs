using CodeExec.Core.Attempts;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>Accepts what has been checked: it becomes an execution that will reach exactly one end.</summary>
public sealed class PreparedSubmissions(GradedSubmissions graded, IExecutionAcceptance acceptance, TimeProvider clock)
{
    public Task<SubmitOutcome> AcceptAsync(TenantId tenant, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
        => AcceptAsync(tenant, ExecutionId.New(clock), spec, null, key, cancellationToken);

    /// <param name="attempt">The attempt of its student that it is, where attempts are counted.</param>
    public async Task<SubmitOutcome> AcceptAsync(TenantId tenant, ExecutionId id, ExecutionSpec spec, CountedAttempt? attempt, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionRecord record = new()
        {
            Id = id,
            Tenant = tenant,
            Status = ExecutionStatus.Queued,
            Language = spec.Language,
            Version = spec.Version,
            Provider = spec.Provider,
            CreatedAt = clock.GetUtcNow(),
            Labels = spec.Labels,
            Student = spec.Student,
            Problem = spec.Grading?.Problem,
            Attempt = attempt,
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
