using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>What became of callbacks.</summary>
internal sealed class DeliveryEndpoints(DeliveryStore deliveries, CallbackStarter callbacks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/executions/{id}/deliveries", OfExecutionAsync).For(Role.Reader);
        routes.MapGet("/api/batches/{id}/deliveries", context => ListAsync(context, CallbackStarter.PrefixOf(BatchEndpoints.IdOf(context)))).For(Role.Reader);
        routes.MapPost("/api/deliveries/{id}/redeliver", RedeliverAsync).For(Role.Submitter);
    }

    private Task OfExecutionAsync(HttpContext context)
        => context.TryGetExecutionId(out ExecutionId id) ? ListAsync(context, CallbackStarter.PrefixOf(id)) : throw ExecutionOfRequest.NotFound(context);

    private async Task ListAsync(HttpContext context, string prefix)
    {
        IReadOnlyList<Delivery> all = await deliveries.ListAsync(context.GetCaller().Tenant, prefix, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new DeliveryListView([.. all.Select(DeliveryView.Of)]), ApiJson.Default.DeliveryListView);
    }

    private async Task RedeliverAsync(HttpContext context)
    {
        Delivery again = await callbacks.RedeliverAsync(context.GetCaller().Tenant, context.GetRouteValue("id") as string ?? "", CancellationToken.None)
            ?? throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such delivery."));
        await context.WriteAsync(StatusCodes.Status202Accepted, DeliveryView.Of(again), ApiJson.Default.DeliveryView);
    }
}

internal sealed record DeliveryListView(IReadOnlyList<DeliveryView> Items);

/// <param name="Signed">The secret itself is shown to nobody.</param>
internal sealed record DeliveryView(string Id, string Event, string Url, bool Signed, DeliveryState State, DateTimeOffset CreatedAt, string Body, IReadOnlyList<DeliveryTry> Tries)
{
    public static DeliveryView Of(Delivery delivery) => new(
        delivery.Id, delivery.Event, delivery.Target.Url, delivery.Target.ProtectedSecret is not null, delivery.State, delivery.CreatedAt, delivery.Body, delivery.Tries);
}
