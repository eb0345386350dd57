using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Containers as Azure container groups, each for one execution at a time.</summary>
internal sealed class AciProvider(
    GroupDeployment deployment, GroupEnd end, GroupRemover remover, RestingGroups resting, RegionChoice regions, GroupSize size, AciHealth health, IOptions<AciOptions> options, ILogger<AciProvider> logger)
    : IContainerProvider, IAsyncDisposable
{
    private readonly AciOptions _options = options.Value;

    public string Name => "aci";

    public TimeSpan? RetryAfter => resting.Count == 0 && regions.Wait is var wait && wait > TimeSpan.Zero ? wait : null;

    public string? WhyNoNetwork => regions.WhyNoNetwork;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => health.CheckAsync(cancellationToken);

    public async Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (_options.Delivery == JobDelivery.Secret)
        {
            string? isolation = regions.WeaknessIn(regions.For(spec)[0], spec);
            return new SingleJobContainer(spec with { Held = null }, isolation, deployment, end, size, _options.StartTimeout + _options.QuotaPatience);
        }

        return await deployment.DeployWaitingAsync(spec, cancellationToken);
    }

    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        try
        {
            (int count, _) = await remover.RemoveLeftAsync(new HashSet<string> { _options.HostName }, cancellationToken);
            if (count > 0)
            {
                logger.Reaped(count);
            }

            return count;
        }
        catch (AciException e)
        {
            logger.NotReaped(e.Message); // at their end they go all the same
            return 0;
        }
    }

    public ValueTask DisposeAsync() => resting.DisposeAsync();
}
