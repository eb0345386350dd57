using CodeExec.Containers.Aci.Groups;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Says that this host lives, and removes the groups of hosts that do not any more, and those that have outlived their end, whoever made them.</summary>
internal sealed class OrphanSweep(GroupRemover remover, HostSigns signs, IOptions<AciOptions> options, TimeProvider clock, ILogger<OrphanSweep> logger) : BackgroundService
{
    /// <summary>Once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await signs.SignAsync(cancellationToken);
        await remover.SettleAsync();
        IReadOnlySet<string> dead = await signs.FindDeadAsync(cancellationToken);
        (int removed, bool all) = await remover.RemoveLeftAsync(dead, cancellationToken);
        if (removed > 0)
        {
            logger.Reaped(removed);
        }

        foreach (string host in dead.Where(_ => all))
        {
            await signs.ForgetAsync(host, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepEvery, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Azure or the store is away: the next time will tell, and groups end at their end at the latest
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.NotReaped(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
