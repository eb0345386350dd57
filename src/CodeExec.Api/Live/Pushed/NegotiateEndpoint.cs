using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Access;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Live.Pushed;

/// <summary>Stands where the hub is on a host without a service, and sends clients to the service: their library follows by itself.</summary>
internal static class NegotiateEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ILiveChannel channel)
        => routes.MapPost(LiveEndpoints.HubPath + "/negotiate", context => NegotiateAsync(context, channel)).WithMetadata(new RequiredRole(Role.Reader) { TakesQueryToken = true }, new StudentsMay());

    private static async Task NegotiateAsync(HttpContext context, ILiveChannel channel)
    {
        Caller caller = context.GetCaller();
        LiveConnection connection = await channel.NegotiateAsync($"{caller.Tenant}/{caller.Name}", context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store"; // it holds a token
        await context.WriteAsync(StatusCodes.Status200OK, new NegotiateView(connection.Url.ToString(), connection.AccessToken), ApiJson.Default.NegotiateView);
    }
}
