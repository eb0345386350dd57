using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.SignalR.Common;

namespace Microsoft.Azure.SignalR.Management;

/// <summary>The service's REST calls, version 1.</summary>
internal sealed class RestCalls(AccessTokens tokens, HttpClient http, string hub)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task SendAsync(string to, string method, object[] args, CancellationToken cancellationToken)
        => CallAsync(HttpMethod.Post, to, new { target = method, arguments = args }, cancellationToken);

    public Task AddAsync(string connectionId, string group, CancellationToken cancellationToken)
        => CallAsync(HttpMethod.Put, $"/groups/{Uri.EscapeDataString(group)}/connections/{Uri.EscapeDataString(connectionId)}", null, cancellationToken);

    public Task RemoveAsync(string connectionId, string group, CancellationToken cancellationToken)
        => CallAsync(HttpMethod.Delete, $"/groups/{Uri.EscapeDataString(group)}/connections/{Uri.EscapeDataString(connectionId)}", null, cancellationToken);

    public Task RemoveFromAllAsync(string connectionId, CancellationToken cancellationToken)
        => CallAsync(HttpMethod.Delete, $"/connections/{Uri.EscapeDataString(connectionId)}/groups", null, cancellationToken);

    private async Task CallAsync(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        string address = $"{tokens.Endpoint.ToString().TrimEnd('/')}/api/v1/hubs/{hub}{path}";
        using HttpRequestMessage request = new(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.ForRequestAsync(address, cancellationToken));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: Json);
        }
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode && !(method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound))
            {
                throw new AzureSignalRException($"The service answered {(int)response.StatusCode}.", null);
            }
        }
        catch (HttpRequestException e)
        {
            throw new AzureSignalRException("The service was not reached.", e);
        }
    }
}
