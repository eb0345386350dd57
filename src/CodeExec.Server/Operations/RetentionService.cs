using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.Options;

namespace CodeExec.Server.Operations;

/// <summary>Removes what has been kept long enough, now and then.</summary>
internal sealed class RetentionService(RetentionSweep sweep, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if ((await sweep.RunAsync(stoppingToken)).ToString() is { Length: > 0 } swept)
                {
                    logger.Removed(swept);
                }
            }
#pragma warning disable CA1031 // a store that is away is no reason to stop the host: the next time does what this one left
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.SweepFailed(e);
            }
        }
    }
}
