using System.Text.Json;
using Azure.Core;
using Azure.ResourceManager.ContainerInstance.Models;

namespace Azure.ResourceManager.ContainerInstance;

internal sealed class UsageCollection(ArmClient client, ResourceIdentifier id) : ArmResource(client, id)
{
    public AsyncPageable<ContainerInstanceUsage> GetAllAsync(AzureLocation location, CancellationToken cancellationToken)
        => new ArmPages<ContainerInstanceUsage>(new ArmRest(Pipeline, Endpoint), $"{Id}/providers/Microsoft.ContainerInstance/locations/{location.Name}/usages", Read, cancellationToken);

    private static ContainerInstanceUsage Read(JsonElement json)
    {
        JsonElement name = json.GetProperty("name");
        return new(GroupReader.Text(json, "unit"), GroupReader.Number(json, "currentValue"), GroupReader.Number(json, "limit"), new(GroupReader.Text(name, "value"), GroupReader.Text(name, "localizedValue")));
    }
}
