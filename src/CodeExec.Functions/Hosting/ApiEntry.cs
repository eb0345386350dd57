using CodeExec.Api.Hosting;
using CodeExec.Functions.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Hosting;

/// <summary>The pipeline of CodeExec.Api, built once over this host's services, for contexts that the Functions host has routed already.</summary>
internal sealed class ApiEntry(IServiceProvider services, DurableClientSource engine)
{
    private readonly Lazy<RequestDelegate> _pipeline = new(() => new ApplicationBuilder(services).MapCodeExecApi().Build());

    public Task RunAsync(HttpContext context, DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(context);
        engine.Use(client);

        // It was routed to the one function there is. Our own routing passes over a context that has an endpoint.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return _pipeline.Value(context);
    }
}
