using CodeExec.Containers.Aci.Arm;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Whether Azure answers this host, and what is weaker than it should be.</summary>
internal sealed class AciHealth(ArmGroups arm, IOptions<AciOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Health is asked for more often than Azure wants to be.</summary>
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(30);

    private readonly AciOptions _options = options.Value;
    private readonly SemaphoreSlim _looking = new(1);
    private ProviderHealth? _last;
    private DateTimeOffset _lookedAt;

    public async Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { IsHealthy: true } || clock.GetUtcNow() - _lookedAt > LooksAgainAfter)
            {
                _last = await LookAsync(cancellationToken);
                _lookedAt = clock.GetUtcNow();
            }

            return _last;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task<ProviderHealth> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<string> weaknesses = [.. Accepted(), .. OfContainerGroups()];
            foreach (AciRegion region in _options.Regions)
            {
                foreach (RegionUsage full in (await arm.UsagesAsync(region.Name, cancellationToken)).Where(usage => Matters(usage.Kind) && usage.Used >= usage.Limit))
                {
                    weaknesses.Add($"{region.Name} has no {full.Kind} left ({full.Used} of {full.Limit}): nothing more can be started there until some end, or the quota is raised.");
                }
            }

            return new ProviderHealth(null, weaknesses);
        }
        catch (AciException e)
        {
            return new ProviderHealth($"{e.Message} (Aci:SubscriptionId, Aci:ResourceGroup, and the roles of this host's identity: docs/azure.md.)", []);
        }
    }

    private bool Matters(string kind) => kind == "ContainerGroups" || kind == (_options.Spot ? "StandardSpotCores" : "StandardCores");

    private IEnumerable<string> Accepted()
    {
        foreach (AciRegion region in _options.Regions.Where(region => region.ClosedSubnet is null))
        {
            yield return $"Programs in {region.Name} can reach the internet (Aci:AllowOpenNetwork).";
        }

        if (_options.RegistryIdentity is not null)
        {
            yield return "Programs can get tokens of the identity that pulls images (Aci:AllowReachableIdentity).";
        }
    }

    // What container groups do not have, whatever the settings.
    private static IEnumerable<string> OfContainerGroups()
    {
        yield return "Container groups have no limit of processes, and none of all files together: the runner watches the processes, and limits each file. What passes them stays within its group, which is gone after its execution.";
    }
}
