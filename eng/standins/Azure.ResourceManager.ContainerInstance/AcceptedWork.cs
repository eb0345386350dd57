using System.Text.Json;
using Azure.Core;

namespace Azure.ResourceManager.ContainerInstance;

/// <summary>Something ARM has accepted and is at work on: asked for at the address in Azure-AsyncOperation (or Location) until it has ended.</summary>
internal sealed class AcceptedWork(ArmRest rest, Response first)
{
    private readonly Uri _address = AddressIn(first);

    public string Id => _address?.ToString() ?? "";

    public Response Last { get; private set; } = first;

    public bool HasCompleted { get; private set; } = AddressIn(first) is null;

    public async ValueTask<Response> UpdateAsync(CancellationToken cancellationToken)
    {
        if (!HasCompleted)
        {
            Last = await rest.SendAsync(RequestMethod.Get, _address, null, cancellationToken);
            string status = StatusIn(Last);
            HasCompleted = status is "Succeeded" or "Failed" or "Canceled";
            if (HasCompleted && status != "Succeeded")
            {
                throw ArmRest.Failure(Last);
            }
        }
        return Last;
    }

    public async ValueTask<Response> WaitAsync(TimeSpan pollingInterval, CancellationToken cancellationToken)
    {
        while (!HasCompleted)
        {
            await Task.Delay(pollingInterval, cancellationToken);
            await UpdateAsync(cancellationToken);
        }
        return Last;
    }

    private static Uri AddressIn(Response response)
        => response.Headers.TryGetValue("Azure-AsyncOperation", out string address) || (response.Status == 202 && response.Headers.TryGetValue("Location", out address)) ? new Uri(address) : null;

    private static string StatusIn(Response response)
    {
        string atLeast = response.Status == 202 ? "InProgress" : "Succeeded";
        if (response.Content is null || response.Content.ToMemory().IsEmpty)
        {
            return atLeast;
        }
        using JsonDocument json = JsonDocument.Parse(response.Content);
        return GroupReader.Text(json.RootElement, "status") ?? atLeast;
    }
}
