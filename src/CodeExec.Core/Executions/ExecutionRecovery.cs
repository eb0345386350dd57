using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions;

/// <summary>
/// At start: every execution that has not ended has an orchestration. Where records and engine do not share a commit, one that was stored in
/// the moment before a crash may have none; its client may or may not have got an answer, so it is run.
/// </summary>
public sealed class ExecutionRecovery(IExecutionStore executions, IOrchestrationEngine engine, ILogger<ExecutionRecovery> logger)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int started = 0;
        await foreach (ExecutionId id in executions.ListUnfinishedAsync(cancellationToken))
        {
            // Asked first: a start is a commit, and nearly all are known.
            if (await engine.FindAsync(id.ToString(), cancellationToken) is null && await StartAsync(id, cancellationToken))
            {
                logger.StartedLate(id);
                started++;
            }
        }

        return started;
    }

    /// <summary>Whoever waits for its time has not begun it yet: then it needs nobody, or somebody who waits.</summary>
    private async Task<bool> StartAsync(ExecutionId id, CancellationToken cancellationToken)
        => await executions.FindAsync(id, cancellationToken) is { IsDelayed: true } record
            ? await engine.StartAsync(DelayedStart.Orchestration, DelayedStart.InstanceOf(id), DelayedStart.Of(record, ExecutionPriority.Normal), null, cancellationToken)
            : await engine.StartAsync(ExecutionActivities.Orchestration, id.ToString(), id, null, cancellationToken);
}
