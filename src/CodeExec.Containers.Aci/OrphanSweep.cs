using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Removes groups that have outlived their end, whoever made them: a host that crashed may never come back.</summary>
internal sealed class OrphanSweep(GroupRemover remover, IOptions<AciOptions> options, TimeProvider clock, ILogger<OrphanSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await remover.SettleAsync();
                int count = await remover.RemoveLeftAsync(ownOnes: false, stoppingToken);
                if (count > 0)
                {
                    logger.Reaped(count);
                }
            }
            catch (AciException e)
            {
                logger.NotReaped(e.Message);
            }
        }
    }
}
