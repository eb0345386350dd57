using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Attempts;

/// <summary>Attempts at challenges.</summary>
public sealed class AttemptedValidations(ValidationRuns runs, IExecutionStore executions) : IAttemptedWork
{
    public AttemptKind Kind => AttemptKind.Challenge;

    public async Task<AttemptFate> LookAsync(TenantId tenant, string work, CancellationToken cancellationToken)
        => await runs.FindAsync(tenant, work, cancellationToken) is { Attempt: { } attempt } run
            ? AttemptFates.Of(run, run.ExecutionId is { } id ? await executions.FindAsync(id, cancellationToken) : null, attempt)
            : AttemptFate.Unknown;
}
