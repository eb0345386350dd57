using CodeExec.Core.Attempts;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Schedules;

namespace CodeExec.Server.Hosting;

/// <summary>Gives every accepted execution, batch and schedule its orchestration; runs beside new work.</summary>
internal sealed class RecoveryService(ExecutionRecovery executions, BatchRecovery batches, ScheduleRecovery schedules, AttemptLedger attempts) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        attempts.IsTheOnlyProcess(); // before anything is accepted
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(executions.RunAsync(stoppingToken), batches.RunAsync(stoppingToken), schedules.RunAsync(null, stoppingToken));
}
