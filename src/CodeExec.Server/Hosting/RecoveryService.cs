using CodeExec.Core.Attempts;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;

namespace CodeExec.Server.Hosting;

/// <summary>Gives every accepted execution and batch its orchestration; runs beside new work.</summary>
internal sealed class RecoveryService(ExecutionRecovery executions, BatchRecovery batches, AttemptLedger attempts) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        attempts.IsTheOnlyProcess(); // before anything is accepted
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(executions.RunAsync(stoppingToken), batches.RunAsync(stoppingToken));
}
