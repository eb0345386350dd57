using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Attempts;

/// <summary>Attempts at problems.</summary>
public sealed class AttemptedExecutions(IExecutionStore executions) : IAttemptedWork
{
    public AttemptKind Kind => AttemptKind.Problem;

    public async Task<AttemptFate> LookAsync(TenantId tenant, string work, CancellationToken cancellationToken)
        => ExecutionId.TryParse(work, out ExecutionId id) && await executions.FindAsync(id, cancellationToken) is { Attempt: { } attempt } record && record.Tenant == tenant
            ? AttemptFates.Of(record, attempt)
            : AttemptFate.Unknown;
}
