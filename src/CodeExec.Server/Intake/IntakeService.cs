namespace CodeExec.Server.Intake;

/// <summary>Looks into the intake folder. What can not be read there stays, and is told of.</summary>
internal sealed class IntakeService(IntakeFolder folder, TimeProvider clock, ILogger<IntakeService> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1), Trouble = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await folder.TakeAsync(stoppingToken) ? TimeSpan.Zero : Idle;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the file stays where it is; the server goes on
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.FolderFailed(e);
                pause = Trouble;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
