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
    ArmGroups arm, GroupDeployment deployment, GroupRemover remover, RestingGroups resting, RegionChoice regions, GroupSize size, SentEvents sent, AciHealth health, IOptions<AciOptions> options, ILogger<AciProvider> logger)
    : ILastingProvider, IAsyncDisposable
{
    private readonly AciOptions _options = options.Value;

    public string Name => "aci";

    public TimeSpan? RetryAfter => resting.Count == 0 && regions.Wait is var wait && wait > TimeSpan.Zero ? wait : null;

    public string? WhyNoNetwork => regions.WhyNoNetwork;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => health.CheckAsync(cancellationToken);

    public async Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return _options.Delivery == JobDelivery.Secret
            ? new SingleJobContainer(spec with { Held = null }, regions.WeaknessIn(regions.For(spec)[0], spec), sent, deployment, size)
            : await deployment.DeployWaitingAsync(spec, id: null, cancellationToken);
    }

    public Task<ILastingContainer?> FindAsync(string id, ContainerSpec spec, CancellationToken cancellationToken)
        => TellAsync<ILastingContainer?>(async () => GroupId.TryParse(id) is { } known ? await deployment.FindAsync(known, spec, cancellationToken) : null);

    public Task<int> ReapAsync(CancellationToken cancellationToken) => ReapAsync(new HashSet<string>(), cancellationToken);

    public async Task<int> ReapAsync(IReadOnlySet<string> goOn, CancellationToken cancellationToken)
    {
        try
        {
            List<GroupState> left = await ListOursAsync(group => group.Tags[GroupTags.Host] == _options.HostName && !goOn.Contains(GroupTags.IdOf(group)), cancellationToken);
            int count = await remover.RemoveAsync(left);
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

    public Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken)
        => TellAsync<IReadOnlyList<OwnedContainer>>(async () =>
        [
            .. (await ListOursAsync(_ => true, cancellationToken))
                .Select(group => new OwnedContainer(GroupTags.IdOf(group), group.Tags[GroupTags.Host], GroupTags.TimeIn(group, GroupTags.Made) ?? DateTimeOffset.MinValue)),
        ]);

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        string name = GroupId.NameIn(id);
        if (GroupId.TryParse(id) is { } known && await TellAsync(() => arm.FindAsync(name, cancellationToken)) is var state && (state is null || !GroupTags.IsMarked(state, known)))
        {
            return; // gone, or deployed for somebody else since
        }

        if (!await remover.TryRemoveAsync(name))
        {
            throw new ContainerUnavailableException($"Container group {name} could not be removed.");
        }
    }

    public ValueTask DisposeAsync() => resting.DisposeAsync();

    private async Task<List<GroupState>> ListOursAsync(Func<GroupState, bool> wanted, CancellationToken cancellationToken)
        => await arm.ListAsync(cancellationToken).Where(group => group.Tags.ContainsKey(GroupTags.Host) && wanted(group)).ToListAsync(cancellationToken);

    private static async Task<T> TellAsync<T>(Func<Task<T>> asked)
    {
        try
        {
            return await asked();
        }
        catch (AciException e)
        {
            throw new ContainerUnavailableException(e.Message, e);
        }
    }
}
