using Azure.Core;
using Azure.ResourceManager.ContainerInstance.Models;
using Azure.ResourceManager.Resources;

namespace Azure.ResourceManager.ContainerInstance;

public static class ContainerInstanceExtensions
{
    public static ContainerGroupCollection GetContainerGroups(this ResourceGroupResource resourceGroupResource)
        => resourceGroupResource.GetCachedClient(client => new ContainerGroupCollection(client, resourceGroupResource.Id));

    public static ContainerGroupResource GetContainerGroupResource(this ArmClient client, ResourceIdentifier id)
        => client.GetResourceClient(() => new ContainerGroupResource(client, id));

    public static AsyncPageable<ContainerInstanceUsage> GetUsagesWithLocationAsync(this SubscriptionResource subscriptionResource, AzureLocation location, CancellationToken cancellationToken = default)
        => subscriptionResource.GetCachedClient(client => new UsageCollection(client, subscriptionResource.Id)).GetAllAsync(location, cancellationToken);
}
