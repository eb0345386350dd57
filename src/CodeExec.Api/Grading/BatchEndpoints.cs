using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>What can be done with batches that are there.</summary>
internal sealed class BatchEndpoints(BatchService batches, BatchRequeue requeue, JsonBodyReader bodies)
{
    private const int LargestPage = 100, DefaultPage = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/batches", ListAsync).For(Role.Reader);
        routes.MapGet("/api/batches/{id}", GetAsync).For(Role.Reader);
        routes.MapDelete("/api/batches/{id}", DeleteAsync).For(Role.Submitter);
        routes.MapPost("/api/batches/{id}/pause", context => ControlAsync(context, BatchActivities.Pause)).For(Role.Submitter);
        routes.MapPost("/api/batches/{id}/resume", context => ControlAsync(context, BatchActivities.Resume)).For(Role.Submitter);
        routes.MapPost("/api/batches/{id}/cancel", context => ControlAsync(context, BatchActivities.Cancel)).For(Role.Submitter);
        routes.MapPost("/api/batches/{id}/dead-letters/{index}/requeue", RequeueAsync).For(Role.Submitter);
        routes.MapGet("/api/batches/{id}/changes", ChangesAsync).For(Role.Reader);
        routes.MapPost("/api/batches/{id}/publish", PublishAsync).For(Role.Admin);
        routes.MapPost("/api/batches/{id}/rollback", RollbackAsync).For(Role.Admin);
    }

    /// <exception cref="RequestRefusedException">404.</exception>
    public static BatchId IdOf(HttpContext context) => BatchId.TryParse(context.GetRouteValue("id") as string, out BatchId id) ? id : throw NotFound();

    public static RequestRefusedException NotFound()
        => new(new(ProblemTypes.NotFound, "There is no such batch, or no such part of it. It may have been deleted, or the id is mistyped."));

    private async Task ListAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        BatchQuery asked = new()
        {
            Tenant = context.GetCaller().Tenant,
            State = query.OneOf<BatchState>("status") ?? query.OneOf<BatchState>("state"),
            Problem = query.Text("problem"),
            Labels = query.Labels("label"),
            Limit = (int)query.Integer("limit", 1, LargestPage, DefaultPage),
            Cursor = query.Text("cursor"),
        };
        errors.ThrowIfAny();
        if (asked.Cursor is not null && !BatchId.TryParse(asked.Cursor, out _))
        {
            throw new RequestRefusedException(Problem.Invalid("cursor", "Not a cursor that this server gave out. Leave it away to start from the newest."));
        }

        BatchPage page = await batches.ListAsync(asked, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new BatchListView([.. page.Items.Select(BatchView.Of)], page.Cursor), ApiJson.Default.BatchListView);
    }

    private async Task GetAsync(HttpContext context)
    {
        BatchSummary found = await batches.FindAsync(context.GetCaller().Tenant, IdOf(context), context.RequestAborted) ?? throw NotFound();
        await context.WriteAsync(StatusCodes.Status200OK, BatchView.Of(found), ApiJson.Default.BatchView);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (!await batches.DeleteAsync(context.GetCaller().Tenant, IdOf(context), CancellationToken.None))
        {
            throw NotFound();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ControlAsync(HttpContext context, string command)
    {
        BatchSummary changed = await batches.ControlAsync(context.GetCaller().Tenant, IdOf(context), command, CancellationToken.None) ?? throw NotFound();
        await context.WriteAsync(StatusCodes.Status200OK, BatchView.Of(changed), ApiJson.Default.BatchView);
    }

    private async Task RequeueAsync(HttpContext context)
    {
        TenantId tenant = context.GetCaller().Tenant;
        Core.Executions.Submitting.Submission? mended = null;
        if (context.Request.ContentType is not null) // mended; without a body it is tried as it is
        {
            using JsonBody body = await bodies.ReadAsync(context);
            mended = BatchReader.ReadSubmission(body.Root);
        }

        bool known = int.TryParse(context.GetRouteValue("index") as string, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int index);
        BatchId id = IdOf(context);
        if (!known || !await requeue.RequestAsync(tenant, id, index, mended, CancellationToken.None))
        {
            throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no submission at this place that was set aside; or it is at work again already, or its batch is being cancelled."));
        }

        await GetAsync(context);
    }

    private async Task ChangesAsync(HttpContext context)
    {
        RegradeDiff diff = await batches.CompareAsync(context.GetCaller().Tenant, IdOf(context), context.RequestAborted)
            ?? throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such regrade: POST /api/batches/ID/regrade makes one."));
        await context.WriteAsync(StatusCodes.Status200OK, RegradeDiffView.Of(diff), ApiJson.Default.RegradeDiffView);
    }

    /// <summary>Called on a regrade: from now on its results are those of the batch that it regrades.</summary>
    private async Task PublishAsync(HttpContext context)
    {
        TenantId tenant = context.GetCaller().Tenant;
        BatchId id = IdOf(context);
        BatchSummary? regrade = await batches.FindAsync(tenant, id, context.RequestAborted);
        BatchSummary published = regrade?.Batch.RegradeOf is { } of && await batches.PublishAsync(tenant, of, id, CancellationToken.None) is { } done
            ? done
            : throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such regrade, or it has not ended yet."));
        await context.WriteAsync(StatusCodes.Status200OK, BatchView.Of(published), ApiJson.Default.BatchView);
    }

    private async Task RollbackAsync(HttpContext context)
    {
        BatchSummary back = await batches.PublishAsync(context.GetCaller().Tenant, IdOf(context), null, CancellationToken.None) ?? throw NotFound();
        await context.WriteAsync(StatusCodes.Status200OK, BatchView.Of(back), ApiJson.Default.BatchView);
    }
}
