using System.Globalization;
using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading.Overriding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>Points by hand.</summary>
internal sealed class OverrideEndpoints(GradeOverrides overrides, ExecutionViews views, OverrideReader reader)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/executions/{id}/override", OfExecutionAsync).For(Role.Admin);
        routes.MapPost("/api/batches/{id}/results/{index}/override", OfSubmissionAsync).For(Role.Admin);
    }

    private async Task OfExecutionAsync(HttpContext context)
    {
        GradeOverride given = await reader.ReadAsync(context, GradeOverride.MostPoints);
        ExecutionRecord changed = context.TryGetExecutionId(out ExecutionId id) && await overrides.SetAsync(context.GetCaller().Tenant, id, given, CancellationToken.None) is { } record
            ? record
            : throw NotFound("execution with a grade");
        await context.WriteAsync(StatusCodes.Status200OK, await views.WholeAsync(changed, context.GetCaller(), context.RequestAborted), ApiJson.Default.ExecutionView);
    }

    private async Task OfSubmissionAsync(HttpContext context)
    {
        GradeOverride given = await reader.ReadAsync(context, GradeOverride.MostPoints);
        int index = int.TryParse(context.GetRouteValue("index") as string, NumberStyles.None, CultureInfo.InvariantCulture, out int at) ? at : -1;
        BatchItem changed = await overrides.SetAsync(context.GetCaller().Tenant, BatchEndpoints.IdOf(context), index, given, CancellationToken.None)
            ?? throw NotFound("submission with a grade in a batch that has ended");
        await context.WriteAsync(StatusCodes.Status200OK, BatchItemView.Of(changed), ApiJson.Default.BatchItemView);
    }

    private static RequestRefusedException NotFound(string what) => new(new(ProblemTypes.NotFound, $"There is no such {what}."));
}
