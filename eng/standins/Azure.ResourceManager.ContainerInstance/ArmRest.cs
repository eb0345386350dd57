using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.ResourceManager.ContainerInstance;

/// <summary>ARM's REST calls, over the pipeline that the client was made with.</summary>
internal sealed class ArmRest(HttpPipeline pipeline, Uri endpoint)
{
    private const string ApiVersion = "2023-05-01";

    public Task<Response> SendAsync(RequestMethod method, string path, string query, byte[] body, CancellationToken cancellationToken, bool notFoundIsGood = false)
        => SendAsync(method, new Uri(endpoint, $"{path}?api-version={ApiVersion}{query}"), body, cancellationToken, notFoundIsGood);

    public async Task<Response> SendAsync(RequestMethod method, Uri address, byte[] body, CancellationToken cancellationToken, bool notFoundIsGood = false)
    {
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (body is not null)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response is { Status: >= 200 and < 300 } || (notFoundIsGood && message.Response.Status == 404)
            ? message.Response
            : throw Failure(message.Response);
    }

    /// <summary>With the response in it, as the official one has it: whoever catches it reads Retry-After there.</summary>
    public static RequestFailedException Failure(Response response) => new(response);
}
