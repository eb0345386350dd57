using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>Specifications, and the tasks in them.</summary>
internal sealed class SpecificationEndpoints(SpecificationCatalog specifications, JsonBodyReader bodies)
    : CatalogEndpoints<SubmittedSpecification, Specification>(specifications, bodies, "specifications", "specification")
{
    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.MapGet("/api/tasks/{taskId}", TaskAsync).For(Role.Reader);
    }

    protected override (SubmittedSpecification Submitted, long? Version) Read(JsonElement body) => SpecificationReader.Specification(body);

    protected override Task ShowAsync(HttpContext context, int status, Specification one)
        => context.WriteAsync(status, SpecificationView.Whole(one, Pages.IsAuthor(context)), ApiJson.Default.SpecificationView);

    protected override Task ShowAsync(HttpContext context, IEnumerable<Specification> page, string? cursor)
        => context.WriteAsync(StatusCodes.Status200OK, new([.. page.Select(SpecificationView.Abridged)], cursor), ApiJson.Default.SpecificationListView);

    private async Task TaskAsync(HttpContext context)
    {
        (SpecificationTask task, Specification owner) = await specifications.FindTaskAsync(context.GetCaller().Tenant, Pages.Value(context, "taskId"), context.RequestAborted)
            ?? throw Pages.NotFound("task");
        await context.WriteAsync(StatusCodes.Status200OK, TaskView.Of(task, owner), ApiJson.Default.TaskView);
    }
}
