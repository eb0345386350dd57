using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>Containers as Azure container groups, each for one execution at a time.</summary>
internal sealed class AciProvider(
    ArmGroups arm, GroupDeployment deployment, GroupEnd end, GroupRemover remover, RestingGroups resting, RegionChoice regions, GroupSize size, SentEvents sent, AciHealth health, IOptions<AciOptions> options, ILogger<AciProvider> logger)
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
            return new SingleJobContainer(spec with { Held = null }, isolation, sent, deployment, end, size, _options.StartTimeout + _options.QuotaPatience);
        }

        return await deployment.DeployWaitingAsync(spec, cancellationToken);
    }

    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        try
        {
            int count = await remover.RemoveLeftAsync(_options.HostName, cancellationToken);
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

    public async Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<OwnedContainer> owned = [];
            await foreach (GroupState group in arm.ListAsync(cancellationToken))
            {
                if (group.Tags.TryGetValue(GroupRecipe.HostTag, out string? owner))
                {
                    owned.Add(new OwnedContainer(group.Name, owner, GroupRecipe.TimeIn(group.Tags, GroupRecipe.BeginTag) ?? DateTimeOffset.MinValue));
                }
            }

            return owned;
        }
        catch (AciException e)
        {
            throw new ContainerUnavailableException(e.Message, e);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (!await remover.TryRemoveAsync(id))
        {
            throw new ContainerUnavailableException($"Container group {id} could not be removed.");
        }
    }

    public ValueTask DisposeAsync() => resting.DisposeAsync();
}
