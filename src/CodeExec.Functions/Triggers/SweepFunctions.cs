using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Schedules;
using CodeExec.Functions.Engine;
using CodeExec.Functions.Reaping;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Triggers;

/// <summary>What a start does in the other host, done now and then where there is no one start: executions, batches and schedules without an orchestration get theirs, containers of instances that are gone are ended, and what has been kept long enough goes.</summary>
internal sealed class SweepFunctions(ExecutionRecovery recovery, BatchRecovery batches, ScheduleRecovery schedules, OrphanSweep orphans, RetentionSweep retention, DurableClientSource engine, TimeProvider clock)
{
    /// <summary>What comes in for longer was left by whoever took it in.</summary>
    private static readonly TimeSpan LongestIntake = TimeSpan.FromHours(1);

    [Function("Sweep")]
    public async Task SweepAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        engine.Use(client);
        await recovery.RunAsync(stop);
        await batches.RunAsync(clock.GetUtcNow() - LongestIntake, stop);
        await schedules.RunAsync(clock.GetUtcNow() - LongestIntake, stop);
        await orphans.RunAsync(stop);
        await retention.RunAsync(stop);
    }
}
