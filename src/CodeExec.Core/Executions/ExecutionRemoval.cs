using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions;

/// <summary>Removes all that an ended execution has stored. Its record goes last, so that a removal that was cut short is found and repeated.</summary>
public sealed class ExecutionRemoval(IExecutionStore executions, IOrchestrationEngine engine, ILogStore logs, IBlobStore blobs, ExecutionSignals signals)
{
    public async Task RemoveAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (await executions.FindAsync(id, cancellationToken) is { IsDelayed: true })
        {
            await engine.WaitForEndAsync(DelayedStart.InstanceOf(id), cancellationToken);
            await engine.PurgeAsync(DelayedStart.InstanceOf(id), cancellationToken);
        }

        await engine.WaitForEndAsync(id.ToString(), cancellationToken); // its end may be recorded a moment before its feed is closed
        await blobs.DeleteAsync(ExecutionBlobs.Prefix(id), cancellationToken);
        await logs.DeleteAsync(id, cancellationToken);
        await engine.PurgeAsync(id.ToString(), cancellationToken);
        await executions.DeleteAsync(id, cancellationToken);
        signals.NotifyEnd(id);
    }
}
