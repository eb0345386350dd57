using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Reaping;

/// <summary>Removes what an earlier life left on this machine, before anything new begins; and tells the other instances that this one lives.</summary>
internal sealed class HostLife(ContainerProviders providers, LeftContainers left, HostPulses pulses, HostInstance here, TimeProvider clock, ILogger<HostLife> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IContainerProvider provider in providers.All)
        {
            await left.ReapAsync(provider, cancellationToken);
        }
        await pulses.BeatAsync(here.Name, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(HostPulses.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryBeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The instance ends.
        }
    }

    private async Task TryBeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pulses.BeatAsync(here.Name, cancellationToken);
        }
#pragma warning disable CA1031 // a store that is away for a while: it takes twenty missed beats to be counted as gone
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.PulseMissed(e.Message);
        }
    }
}
