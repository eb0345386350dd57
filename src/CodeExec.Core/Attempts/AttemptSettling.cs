using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Core.Attempts;

/// <summary>Notes what became of attempts whose work has ended. Called again where a crash came in between.</summary>
public sealed class AttemptSettling(AttemptLedger ledger)
{
    public Task SettleAsync(ExecutionRecord ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.Attempt is { } attempt
            ? ledger.SettleAsync(new(ended.Tenant, attempt.Kind, attempt.Subject), attempt, ended.Id.ToString(), ended.CreatedAt, AttemptFates.Of(ended, attempt), cancellationToken)
            : Task.CompletedTask;
    }

    /// <param name="record">What ran its tests, if anything did.</param>
    public Task SettleAsync(ValidationRun ended, ExecutionRecord? record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.Attempt is { } attempt
            ? ledger.SettleAsync(new(ended.Tenant, attempt.Kind, attempt.Subject), attempt, ended.Id, ended.CreatedAt, AttemptFates.Of(ended, record, attempt), cancellationToken)
            : Task.CompletedTask;
    }
}
