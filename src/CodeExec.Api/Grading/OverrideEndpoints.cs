using System.Globalization;
using System.Text;
using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading.Overriding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>Points by hand.</summary>
internal sealed class OverrideEndpoints(GradeOverrides overrides, ExecutionViews views, JsonBodyReader bodies, TimeProvider clock)
{
    private static readonly HashSet<string> Members = ["score", "reason"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/executions/{id}/override", OfExecutionAsync).For(Role.Admin);
        routes.MapPost("/api/batches/{id}/results/{index}/override", OfSubmissionAsync).For(Role.Admin);
    }

    private async Task OfExecutionAsync(HttpContext context)
    {
        GradeOverride given = await ReadAsync(context);
        ExecutionRecord changed = context.TryGetExecutionId(out ExecutionId id) && await overrides.SetAsync(context.GetCaller().Tenant, id, given, CancellationToken.None) is { } record
            ? record
            : throw NotFound("execution with a grade");
        await context.WriteAsync(StatusCodes.Status200OK, await views.WholeAsync(changed, context.GetCaller(), context.RequestAborted), ApiJson.Default.ExecutionView);
    }

    private async Task OfSubmissionAsync(HttpContext context)
    {
        GradeOverride given = await ReadAsync(context);
        int index = int.TryParse(context.GetRouteValue("index") as string, NumberStyles.None, CultureInfo.InvariantCulture, out int at) ? at : -1;
        BatchItem changed = await overrides.SetAsync(context.GetCaller().Tenant, BatchEndpoints.IdOf(context), index, given, CancellationToken.None)
            ?? throw NotFound("submission with a grade in a batch that has ended");
        await context.WriteAsync(StatusCodes.Status200OK, BatchItemView.Of(changed), ApiJson.Default.BatchItemView);
    }

    /// <summary>A score, or null for the computed one again; and why.</summary>
    private async Task<GradeOverride> ReadAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        decimal? score = fields.Decimal("score");
        string reason = fields.Text("reason")?.Trim() ?? "";
        if (score is < 0 or > GradeOverride.MostPoints)
        {
            errors.Add("score", $"Must be from 0 to {GradeOverride.MostPoints}.");
        }

        if (reason.Length is 0 or > GradeOverride.LongestReason || reason.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune)))
        {
            errors.Add("reason", $"Say why, in 1 to {GradeOverride.LongestReason} characters on one line.");
        }

        errors.ThrowIfAny();
        return new GradeOverride(score, reason, context.GetCaller().Name, clock.GetUtcNow());
    }

    private static RequestRefusedException NotFound(string what) => new(new(ProblemTypes.NotFound, $"There is no such {what}."));
}
