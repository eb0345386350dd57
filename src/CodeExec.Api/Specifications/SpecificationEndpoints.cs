using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>Specifications: written by admins, read by all who may have their work checked by them.</summary>
internal sealed class SpecificationEndpoints(SpecificationCatalog specifications, JsonBodyReader bodies)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/specifications", CreateAsync).For(Role.Admin);
        routes.MapGet("/api/specifications", ListAsync).For(Role.Reader);
        routes.MapGet("/api/specifications/{id}", GetAsync).For(Role.Reader);
        routes.MapPut("/api/specifications/{id}", PutAsync).For(Role.Admin);
        routes.MapDelete("/api/specifications/{id}", DeleteAsync).For(Role.Admin);
        routes.MapGet("/api/tasks/{taskId}", TaskAsync).For(Role.Reader);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        (SubmittedSpecification submitted, _) = SpecificationReader.Specification(body.Root);
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, "specifications");
        await AnswerAsync(context, await specifications.CreateAsync(context.GetCaller().Tenant, submitted, key, CancellationToken.None));
    }

    private async Task PutAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        (SubmittedSpecification submitted, long? version) = SpecificationReader.Specification(body.Root);
        await AnswerAsync(context, await specifications.UpdateAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), submitted, version, CancellationToken.None));
    }

    private async Task ListAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        IReadOnlyList<Specification> found = await specifications.ListAsync(context.GetCaller().Tenant, limit + 1, before, context.RequestAborted);
        (IEnumerable<Specification> items, string? cursor) = Pages.Cut(found, limit, one => one.Id);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. items.Select(SpecificationView.Abridged)], cursor), ApiJson.Default.SpecificationListView);
    }

    private async Task GetAsync(HttpContext context)
    {
        Specification found = await specifications.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("specification");
        await context.WriteAsync(StatusCodes.Status200OK, SpecificationView.Whole(found, Pages.IsAuthor(context)), ApiJson.Default.SpecificationView);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (!await specifications.DeleteAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), CancellationToken.None))
        {
            throw Pages.NotFound("specification");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TaskAsync(HttpContext context)
    {
        (SpecificationTask task, Specification owner) = await specifications.FindTaskAsync(context.GetCaller().Tenant, Pages.Value(context, "taskId"), context.RequestAborted)
            ?? throw Pages.NotFound("task");
        await context.WriteAsync(StatusCodes.Status200OK, TaskView.Of(task, owner), ApiJson.Default.TaskView);
    }

    private static Task AnswerAsync(HttpContext context, SaveOutcome<Specification> outcome)
    {
        Specification saved = outcome.ValueOrRefuse("specification");
        context.Response.Headers.Location = $"/api/specifications/{saved.Id}";
        return context.WriteAsync(outcome.StatusCode(), SpecificationView.Whole(saved, Pages.IsAuthor(context)), ApiJson.Default.SpecificationView);
    }
}
