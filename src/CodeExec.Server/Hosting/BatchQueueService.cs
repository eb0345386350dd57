using CodeExec.Core.Batches.Submitting;

namespace CodeExec.Server.Hosting;

/// <summary>Looks for batches in the queue. A store that is away is waited for.</summary>
internal sealed partial class BatchQueueService(BatchQueueIntake intake, TimeProvider clock, ILogger<BatchQueueService> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1), Trouble = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause = Idle;
            try
            {
                pause = await intake.TakeAsync(stoppingToken) ? TimeSpan.Zero : Idle;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the message comes back; the server goes on
            catch (Exception e)
#pragma warning restore CA1031
            {
                QueueFailed(e);
                pause = Trouble;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(5301, LogLevel.Warning, "The queue of batches could not be worked on; trying again")]
    private partial void QueueFailed(Exception exception);
}
