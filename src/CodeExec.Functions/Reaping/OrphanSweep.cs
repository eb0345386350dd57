using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Running.Leaving;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Reaping;

/// <summary>Ends the containers of instances that are gone, but for those whose runs another instance goes on with.</summary>
internal sealed class OrphanSweep(ContainerProviders providers, HostPulses pulses, LeftContainers left, ILogger<OrphanSweep> logger)
{
    /// <returns>How many were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlySet<string> gone = await pulses.GoneAsync(cancellationToken);
        if (gone.Count == 0)
        {
            return 0;
        }
        HashSet<string> stillOwners = new(StringComparer.Ordinal);
        int removed = 0;
        foreach (IContainerProvider provider in providers.All)
        {
            removed += await SweepAsync(provider, gone, stillOwners, cancellationToken);
        }
        foreach (string host in gone.Except(stillOwners, StringComparer.Ordinal))
        {
            await pulses.ForgetAsync(host, cancellationToken);
        }
        return removed;
    }

    private async Task<int> SweepAsync(IContainerProvider provider, IReadOnlySet<string> gone, HashSet<string> stillOwners, CancellationToken cancellationToken)
    {
        try
        {
            OwnedContainer[] orphans = [.. (await provider.ListAsync(cancellationToken)).Where(one => gone.Contains(one.Owner))];
            IReadOnlySet<string> goOn = orphans.Length == 0 ? new HashSet<string>() : await left.ListAsync(cancellationToken);
            int removed = 0;
            foreach (OwnedContainer orphan in orphans)
            {
                if (goOn.Contains(orphan.Id))
                {
                    stillOwners.Add(orphan.Owner);
                    continue;
                }
                await provider.RemoveAsync(orphan.Id, cancellationToken);
                logger.OrphanRemoved(orphan.Id, provider.Name, orphan.Owner);
                removed++;
            }
            return removed;
        }
        catch (ContainerUnavailableException e)
        {
            logger.NotSwept(provider.Name, e.Message);
            stillOwners.UnionWith(gone); // looked for again the next time
            return 0;
        }
    }
}
