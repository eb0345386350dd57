using System.Text.Json;
using Azure.Core;
using Azure.ResourceManager.ContainerInstance.Models;

namespace Azure.ResourceManager.ContainerInstance;

public class ContainerGroupResource : ArmResource
{
    public static readonly ResourceType ResourceType = "Microsoft.ContainerInstance/containerGroups";

    private readonly ArmRest _rest;
    private readonly ContainerGroupData _data;

    protected ContainerGroupResource()
    {
    }

    internal ContainerGroupResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
        => _rest = new ArmRest(Pipeline, Endpoint);

    internal ContainerGroupResource(ArmClient client, ContainerGroupData data)
        : this(client, data.Id)
        => _data = data;

    public virtual ContainerGroupData Data => HasData ? _data : throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    public virtual bool HasData => _data is not null;

    public static ResourceIdentifier CreateResourceIdentifier(string subscriptionId, string resourceGroupName, string containerGroupName)
        => new($"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerInstance/containerGroups/{containerGroupName}");

    public virtual async Task<Response<ContainerGroupResource>> GetAsync(CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Get, Id.ToString(), "", null, cancellationToken);
        return Response.FromValue(Of(Client, response), response);
    }

    public virtual async Task<ArmOperation<ContainerGroupResource>> DeleteAsync(WaitUntil waitUntil, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Delete, Id.ToString(), "", null, cancellationToken);
        return await GroupOperation.BeginAsync(_rest, response, waitUntil, () => Task.FromResult(Response.FromValue(this, response)), cancellationToken);
    }

    public virtual async Task<Response<ContainerGroupResource>> UpdateAsync(ContainerGroupPatch patch, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Patch, Id.ToString(), "", GroupWriter.Write(patch), cancellationToken);
        return Response.FromValue(Of(Client, response), response);
    }

    public virtual async Task<ArmOperation> StartAsync(WaitUntil waitUntil, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Post, $"{Id}/start", "", null, cancellationToken);
        PlainOperation operation = new(new AcceptedWork(_rest, response));
        if (waitUntil == WaitUntil.Completed)
        {
            await operation.WaitForCompletionResponseAsync(cancellationToken);
        }
        return operation;
    }

    public virtual Task<Response> StopAsync(CancellationToken cancellationToken = default)
        => _rest.SendAsync(RequestMethod.Post, $"{Id}/stop", "", null, cancellationToken);

    public virtual async Task<Response<ContainerLogs>> GetContainerLogsAsync(string containerName, int? tail = null, bool? timestamps = null, CancellationToken cancellationToken = default)
    {
        string query = (tail is { } lines ? $"&tail={lines}" : "") + (timestamps is { } stamped ? $"&timestamps={(stamped ? "true" : "false")}" : "");
        Response response = await _rest.SendAsync(RequestMethod.Get, $"{Id}/containers/{Uri.EscapeDataString(containerName)}/logs", query, null, cancellationToken);
        using JsonDocument json = JsonDocument.Parse(response.Content);
        return Response.FromValue(new ContainerLogs(GroupReader.Text(json.RootElement, "content")), response);
    }

    public virtual async Task<Response<ContainerAttachResult>> AttachContainerAsync(string containerName, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Post, $"{Id}/containers/{Uri.EscapeDataString(containerName)}/attach", "", null, cancellationToken);
        (Uri address, string password) = GroupReader.ReadDoor(response);
        return Response.FromValue(new ContainerAttachResult(address, password), response);
    }

    public virtual async Task<Response<ContainerExecResult>> ExecuteContainerCommandAsync(string containerName, ContainerExecContent content, CancellationToken cancellationToken = default)
    {
        Response response = await _rest.SendAsync(RequestMethod.Post, $"{Id}/containers/{Uri.EscapeDataString(containerName)}/exec", "", GroupWriter.Write(content), cancellationToken);
        (Uri address, string password) = GroupReader.ReadDoor(response);
        return Response.FromValue(new ContainerExecResult(address, password), response);
    }

    internal static ContainerGroupResource Of(ArmClient client, Response response)
    {
        using JsonDocument json = JsonDocument.Parse(response.Content);
        return new ContainerGroupResource(client, GroupReader.Read(json.RootElement));
    }
}
