using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Live;

/// <summary>Subscribing a connection by request: a client that does so works with the hub in process and with a service alike.</summary>
internal sealed class SubscriptionEndpoints(ISubscriptions subscriptions, IExecutionService executions, BatchService batches, JsonBodyReader bodies)
{
    private const int LongestConnectionId = 200;

    private static readonly HashSet<string> Members = ["connectionId", "executionId", "batchId", "afterSequence"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/live/subscribe", SubscribeAsync).For(Role.Reader).OrStudents();
        routes.MapPost("/api/live/unsubscribe", UnsubscribeAsync).For(Role.Reader).OrStudents();
    }

    private async Task SubscribeAsync(HttpContext context)
    {
        Subscription wanted = await ReadAsync(context);
        Caller caller = context.GetCaller();
        if (wanted is { Execution: null, Batch: null } && caller.Student is not null)
        {
            throw new RequestRefusedException(new(ProblemTypes.Forbidden, "You see your own executions: name one as executionId."));
        }

        await (wanted switch
        {
            { Execution: { } execution } => subscriptions.SubscribeAsync(caller, wanted.ConnectionId, execution, wanted.After, context.RequestAborted),
            { Batch: { } batch } => subscriptions.SubscribeAsync(caller, wanted.ConnectionId, batch, context.RequestAborted),
            _ => subscriptions.SubscribeAsync(caller, wanted.ConnectionId, context.RequestAborted),
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task UnsubscribeAsync(HttpContext context)
    {
        Subscription wanted = await ReadAsync(context);
        Caller caller = context.GetCaller();
        string subject = wanted switch
        {
            { Execution: { } execution } => LiveGroups.Of(execution.Id),
            { Batch: { } batch } => LiveGroups.Of(batch.Batch.Id),
            _ => LiveGroups.Of(caller.Tenant),
        };
        await subscriptions.UnsubscribeAsync(caller, wanted.ConnectionId, subject, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <exception cref="RequestRefusedException">Some of it is wrong, or there is no such execution or batch for this caller.</exception>
    private async Task<Subscription> ReadAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        string connectionId = fields.Text("connectionId") ?? "";
        if (connectionId.Length is 0 or > LongestConnectionId || connectionId.Any(char.IsControl))
        {
            errors.Add("connectionId", "Must be the id of a connection to the hub, as the client library tells it.");
        }

        ExecutionId execution = default;
        BatchId batch = default;
        string? ofExecution = fields.Text("executionId"), ofBatch = fields.Text("batchId");
        if (ofExecution is not null && !ExecutionId.TryParse(ofExecution, out execution))
        {
            errors.Add("executionId", "Must be the id of an execution; without one it is about all of the tenant's.");
        }

        if (ofBatch is not null && (ofExecution is not null || !BatchId.TryParse(ofBatch, out batch)))
        {
            errors.Add("batchId", "Must be the id of a batch, in place of an execution's.");
        }

        long after = fields.Integer("afterSequence") ?? 0;
        if (after < 0)
        {
            errors.Add("afterSequence", "Must be the last sequence that was seen, or 0.");
        }

        errors.ThrowIfAny();
        Caller caller = context.GetCaller();
        return new Subscription(
            connectionId,
            ofExecution is null ? null : await FindAsync(caller, execution, context.RequestAborted) ?? throw NotFound("execution"),
            ofBatch is null ? null : await FindAsync(caller, batch, context.RequestAborted) ?? throw NotFound("batch"),
            after);
    }

    private async Task<ExecutionRecord?> FindAsync(Caller caller, ExecutionId id, CancellationToken cancellationToken)
        => await executions.FindAsync(caller.Tenant, id, cancellationToken) is { } record && caller.MaySee(record.Student) ? record : null;

    private async Task<BatchSummary?> FindAsync(Caller caller, BatchId id, CancellationToken cancellationToken)
        => caller.Student is null ? await batches.FindAsync(caller.Tenant, id, cancellationToken) : null;

    private static RequestRefusedException NotFound(string what) => new(new(ProblemTypes.NotFound, $"There is no such {what}."));

    private sealed record Subscription(string ConnectionId, ExecutionRecord? Execution, BatchSummary? Batch, long After);
}
