using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.ContainerInstance;
using Azure.ResourceManager.ContainerInstance.Models;
using Azure.ResourceManager.Resources;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Arm;

/// <summary>The calls to Azure Resource Manager, one method each. The SDK's types and exceptions stop here.</summary>
internal sealed class ArmGroups(ArmClient arm, IOptions<AciOptions> options)
{
    /// <summary>The one container of each of our groups.</summary>
    public const string Container = "run";

    private readonly AciOptions _options = options.Value;

    private ResourceGroupResource ResourceGroup => arm.GetResourceGroupResource(ResourceGroupResource.CreateResourceIdentifier(_options.SubscriptionId, _options.ResourceGroup));

    /// <summary>Returns once the group is accepted, with what Azure says is left of its quotas. The same name and data may be sent again.</summary>
    public Task<RemainingCreations> CreateAsync(string name, ContainerGroupData data, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(async () => RemainingCreations.In((await ResourceGroup.GetContainerGroups().CreateOrUpdateAsync(WaitUntil.Started, name, data, cancellationToken)).GetRawResponse()), cancellationToken);

    /// <summary>Null: there is none of that name.</summary>
    public Task<GroupState?> FindAsync(string name, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(
            async () =>
            {
                NullableResponse<ContainerGroupResource> found = await ResourceGroup.GetContainerGroups().GetIfExistsAsync(name, cancellationToken);
                return found.HasValue ? GroupStates.Of(found.Value!.Data) : null;
            },
            cancellationToken);

    /// <summary>Puts these tags in place of a group's; what it does goes on.</summary>
    public Task TagAsync(string name, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(
            async () =>
            {
                ContainerGroupPatch patch = new(new AzureLocation(region));
                foreach ((string tag, string value) in tags)
                {
                    patch.Tags[tag] = value;
                }

                return await Group(name).UpdateAsync(patch, cancellationToken);
            },
            cancellationToken);

    /// <summary>Deploys a group anew whose container has ended, as it was made.</summary>
    public Task StartAsync(string name, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(async () => (await Group(name).StartAsync(WaitUntil.Started, cancellationToken)).GetRawResponse(), cancellationToken);

    /// <summary>Returns when the removal has ended, or at least begun and Azure does not say how it goes. One that is gone counts as removed.</summary>
    public async Task DeleteAsync(string name, TimeSpan lookEvery, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            ArmOperation<ContainerGroupResource> removal = await ArmFailures.TranslateAsync(() => Group(name).DeleteAsync(WaitUntil.Started, cancellationToken), cancellationToken);
            while (!removal.HasCompleted)
            {
                await Task.Delay(lookEvery, clock, cancellationToken);
                await ArmFailures.TranslateAsync(async () => await removal.UpdateStatusAsync(cancellationToken), cancellationToken);
            }
        }
        catch (AciNotFoundException)
        {
            // Already gone.
        }
    }

    /// <summary>All that Azure has kept of the container's output: a tail of it.</summary>
    public Task<string> LogsAsync(string name, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(async () => (await Group(name).GetContainerLogsAsync(Container, cancellationToken: cancellationToken)).Value.Content ?? "", cancellationToken);

    public Task<Door> AttachAsync(string name, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(
            async () =>
            {
                ContainerAttachResult attach = await Group(name).AttachContainerAsync(Container, cancellationToken);
                return new Door(attach.WebSocketUri, attach.Password);
            },
            cancellationToken);

    /// <param name="command">One program, without arguments: that is all this call of Azure's can start.</param>
    public Task<Door> ExecAsync(string name, string command, CancellationToken cancellationToken)
        => ArmFailures.TranslateAsync(
            async () =>
            {
                ContainerExecContent content = new() { Command = command, TerminalSize = new ContainerExecRequestTerminalSize { Rows = 24, Cols = 80 } };
                ContainerExecResult exec = await Group(name).ExecuteContainerCommandAsync(Container, content, cancellationToken);
                return new Door(exec.WebSocketUri, exec.Password);
            },
            cancellationToken);

    /// <summary>Names and tags of all groups in the resource group; how they are, a list does not say.</summary>
    public async IAsyncEnumerable<GroupState> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<ContainerGroupResource> groups = ResourceGroup.GetContainerGroups().GetAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await ArmFailures.TranslateAsync(async () => await groups.MoveNextAsync(), cancellationToken))
        {
            yield return GroupStates.Of(groups.Current.Data);
        }
    }

    /// <summary>What a region has of each kind, and how much is used.</summary>
    public async Task<IReadOnlyList<RegionUsage>> UsagesAsync(string region, CancellationToken cancellationToken)
    {
        SubscriptionResource subscription = arm.GetSubscriptionResource(SubscriptionResource.CreateResourceIdentifier(_options.SubscriptionId));
        List<RegionUsage> usages = [];
        await ArmFailures.TranslateAsync(
            async () =>
            {
                await foreach (ContainerInstanceUsage usage in subscription.GetUsagesWithLocationAsync(new AzureLocation(region), cancellationToken))
                {
                    usages.Add(new RegionUsage(usage.Name.Value, usage.CurrentValue ?? 0, usage.Limit ?? int.MaxValue));
                }

                return true;
            },
            cancellationToken);
        return usages;
    }

    private ContainerGroupResource Group(string name)
        => arm.GetContainerGroupResource(ContainerGroupResource.CreateResourceIdentifier(_options.SubscriptionId, _options.ResourceGroup, name));
}
