using CodeExec.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Triggers;

/// <summary>
/// Every request. Who may do what is decided by the pipeline, as in the other host, and not by the Functions host's keys. It must stay the only HTTP function: the host
/// takes the first that matches by name, and this matches all.
/// </summary>
internal sealed class ApiFunctions(ApiEntry api)
{
    [Function("Api")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "delete", "patch", "head", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(request);
        return api.RunAsync(request.HttpContext, client);
    }
}
