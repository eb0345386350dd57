using System.Text.Json;
using Azure.Core;

namespace Azure.ResourceManager.ContainerInstance;

public class ContainerGroupCollection : ArmCollection
{
    private readonly ArmRest _rest;

    protected ContainerGroupCollection()
    {
    }

    internal ContainerGroupCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
        => _rest = new ArmRest(Pipeline, Endpoint);

    public virtual async Task<ArmOperation<ContainerGroupResource>> CreateOrUpdateAsync(WaitUntil waitUntil, string containerGroupName, ContainerGroupData data, CancellationToken cancellationToken = default)
    {
        ResourceIdentifier id = Child(containerGroupName);
        Response response = await _rest.SendAsync(RequestMethod.Put, id.ToString(), "", GroupWriter.Write(data), cancellationToken);
        return await GroupOperation.BeginAsync(_rest, response, waitUntil, () => GetAsync(containerGroupName, cancellationToken), cancellationToken);
    }

    public virtual async Task<Response<bool>> ExistsAsync(string containerGroupName, CancellationToken cancellationToken = default)
    {
        NullableResponse<ContainerGroupResource> found = await GetIfExistsAsync(containerGroupName, cancellationToken);
        return Response.FromValue(found.HasValue, found.GetRawResponse());
    }

    public virtual Task<Response<ContainerGroupResource>> GetAsync(string containerGroupName, CancellationToken cancellationToken = default)
        => new ContainerGroupResource(Client, Child(containerGroupName)).GetAsync(cancellationToken);

    public virtual async Task<NullableResponse<ContainerGroupResource>> GetIfExistsAsync(string containerGroupName, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Get, Child(containerGroupName).ToString(), "", null, cancellationToken, notFoundIsGood: true);
        return response.Status == 404 ? new NoValueResponse<ContainerGroupResource>(response) : Response.FromValue(ContainerGroupResource.Of(Client, response), response);
    }

    public virtual AsyncPageable<ContainerGroupResource> GetAllAsync(CancellationToken cancellationToken = default)
        => new ArmPages<ContainerGroupResource>(_rest, $"{Id}/providers/Microsoft.ContainerInstance/containerGroups", item => new ContainerGroupResource(Client, GroupReader.Read(item)), cancellationToken);

    private ResourceIdentifier Child(string name) => ContainerGroupResource.CreateResourceIdentifier(Id.SubscriptionId, Id.ResourceGroupName, name);
}
