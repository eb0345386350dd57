using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Live;

/// <summary>Subscribing a connection by request: a client that does so works with the hub in process and with a service alike.</summary>
internal sealed class SubscriptionEndpoints(ISubscriptions subscriptions, IExecutionService executions, JsonBodyReader bodies)
{
    private const int LongestConnectionId = 200;

    private static readonly HashSet<string> Members = ["connectionId", "executionId", "afterSequence"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/live/subscribe", SubscribeAsync).For(Role.Reader);
        routes.MapPost("/api/live/unsubscribe", UnsubscribeAsync).For(Role.Reader);
    }

    private async Task SubscribeAsync(HttpContext context)
    {
        (string connectionId, ExecutionRecord? execution, long after) = await ReadAsync(context);
        Caller caller = context.GetCaller();
        await (execution is null
            ? subscriptions.SubscribeAsync(caller, connectionId, context.RequestAborted)
            : subscriptions.SubscribeAsync(caller, connectionId, execution, after, context.RequestAborted));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task UnsubscribeAsync(HttpContext context)
    {
        (string connectionId, ExecutionRecord? execution, _) = await ReadAsync(context);
        await subscriptions.UnsubscribeAsync(context.GetCaller(), connectionId, execution?.Id, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <exception cref="RequestRefusedException">Some of it is wrong, or there is no such execution for this caller.</exception>
    private async Task<(string ConnectionId, ExecutionRecord? Execution, long After)> ReadAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        string connectionId = fields.Text("connectionId") ?? "";
        if (connectionId.Length is 0 or > LongestConnectionId || connectionId.Any(char.IsControl))
        {
            errors.Add("connectionId", "Must be the id of a connection to the hub, as the client library tells it.");
        }

        string? named = fields.Text("executionId");
        ExecutionId id = default;
        if (named is not null && !ExecutionId.TryParse(named, out id))
        {
            errors.Add("executionId", "Must be the id of an execution; without one it is about all of the tenant's.");
        }

        long after = fields.Integer("afterSequence") ?? 0;
        if (after < 0)
        {
            errors.Add("afterSequence", "Must be the last sequence that was seen, or 0.");
        }

        errors.ThrowIfAny();
        if (named is null)
        {
            return (connectionId, null, after);
        }

        ExecutionRecord? execution = await executions.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted);
        return execution is null ? throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such execution.")) : (connectionId, execution, after);
    }
}
