using CodeExec.Core.Executions;

namespace CodeExec.Server.Hosting;

/// <summary>Gives every accepted execution its orchestration; runs beside new work.</summary>
internal sealed class RecoveryService(ExecutionRecovery recovery) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => recovery.RunAsync(stoppingToken);
}
