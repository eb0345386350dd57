using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>Messages of the queue of batches that could not be taken in. They may be anybody's, so that they are for admins of the default tenant.</summary>
internal sealed class PoisonEndpoints(PoisonMessages poison, JsonBodyReader bodies)
{
    private const int LargestPage = 32;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/queues/batch-grading/poison", ListAsync).For(Role.Admin);
        routes.MapGet("/api/queues/batch-grading/poison/{id}", GetAsync).For(Role.Admin);
        routes.MapPost("/api/queues/batch-grading/poison/{id}/requeue", RequeueAsync).For(Role.Admin);
        routes.MapDelete("/api/queues/batch-grading/poison/{id}", DeleteAsync).For(Role.Admin);
    }

    private async Task ListAsync(HttpContext context)
    {
        RequireOperator(context);
        FieldErrors errors = new();
        int limit = (int)new QueryReader(context.Request, errors).Integer("limit", 1, LargestPage, LargestPage);
        errors.ThrowIfAny();
        IReadOnlyList<PoisonMessage> found = await poison.ListAsync(limit, context.RequestAborted);
        long count = await poison.CountAsync(context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new PoisonListView(Math.Max(count, found.Count), [.. found.Select(PoisonView.Short)]), ApiJson.Default.PoisonListView);
    }

    private async Task GetAsync(HttpContext context)
    {
        RequireOperator(context);
        PoisonMessage found = await poison.FindAsync(IdOf(context), context.RequestAborted) ?? throw NotFound();
        await context.WriteAsync(StatusCodes.Status200OK, PoisonView.Whole(found), ApiJson.Default.PoisonView);
    }

    /// <summary>As it came; or mended, where there is a body.</summary>
    private async Task RequeueAsync(HttpContext context)
    {
        RequireOperator(context);
        byte[]? mended = null;
        if (context.Request.ContentType is not null)
        {
            using JsonBody body = await bodies.ReadAsync(context);
            mended = System.Text.Encoding.UTF8.GetBytes(body.Root.GetRawText());
        }

        if (!await poison.RequeueAsync(IdOf(context), mended, CancellationToken.None))
        {
            throw NotFound();
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task DeleteAsync(HttpContext context)
    {
        RequireOperator(context);
        if (!await poison.DeleteAsync(IdOf(context), CancellationToken.None))
        {
            throw NotFound();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void RequireOperator(HttpContext context)
    {
        if (context.GetCaller().Tenant != TenantId.Default)
        {
            throw new RequestRefusedException(new(ProblemTypes.Forbidden, "Messages of the queue may be any tenant's: they are for admins of the default tenant."));
        }
    }

    private static string IdOf(HttpContext context) => context.GetRouteValue("id") as string ?? "";

    private static RequestRefusedException NotFound()
        => new(new(ProblemTypes.NotFound, "There is no such message in the poison queue. It may have been put back or deleted, or somebody does so right now."));
}
