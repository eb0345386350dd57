using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Specifications.Running;

/// <inheritdoc/>
public sealed class ValidationRetention(ValidationRuns runs, IOrchestrationEngine engine, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "validations";

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow() - options.Value.Validations;
        int removed = 0;
        await foreach (ValidationRun run in runs.ListOldAsync(before, cancellationToken).Where(run => run.Status.IsFinal() && run.EndedAt < before))
        {
            await engine.WaitForEndAsync(ValidationActivities.InstanceId(run.Id), cancellationToken);
            await engine.PurgeAsync(ValidationActivities.InstanceId(run.Id), cancellationToken);
            await runs.DeleteAsync(run, cancellationToken);
            removed++;
        }

        return removed;
    }
}
