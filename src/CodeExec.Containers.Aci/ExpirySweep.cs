using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Removes groups that have outlived their end, whoever made them: a host that crashed may never come back.</summary>
internal sealed class ExpirySweep(GroupRemover remover, SentEvents sent, IOptions<AciOptions> options, TimeProvider clock, ILogger<ExpirySweep> logger) : BackgroundService
{
    /// <summary>Once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await remover.SettleAsync();
        int removed = await remover.RemoveLeftAsync(host: null, cancellationToken);
        if (removed > 0)
        {
            logger.Reaped(removed);
        }

        await sent.SweepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (AciException e)
            {
                logger.NotReaped(e.Message);
            }
        }
    }
}
