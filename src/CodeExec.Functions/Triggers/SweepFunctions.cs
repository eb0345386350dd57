using CodeExec.Core.Executions;
using CodeExec.Core.Operations.Retention;
using CodeExec.Functions.Engine;
using CodeExec.Functions.Reaping;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Triggers;

/// <summary>What a start does in the other host, done now and then where there is no one start: executions without an orchestration get theirs, containers of instances that are gone are ended, and what has been kept long enough goes.</summary>
internal sealed class SweepFunctions(ExecutionRecovery recovery, OrphanSweep orphans, RetentionSweep retention, DurableClientSource engine)
{
    [Function("Sweep")]
    public async Task SweepAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        engine.Use(client);
        await recovery.RunAsync(stop);
        await orphans.RunAsync(stop);
        await retention.RunAsync(stop);
    }
}
