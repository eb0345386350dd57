using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Metrics;
using CodeExec.Core.Specifications.Skeletons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>What is covered and what not: numbers over validations, and skeletons of the tests that are missing.</summary>
internal sealed class SpecificationMetricsEndpoints(SpecificationMetricsQuery metrics, SpecificationCatalog specifications)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/specifications/metrics", MetricsAsync).For(Role.Reader);
        routes.MapGet("/api/specifications/{id}/test-skeletons", SkeletonsAsync).For(Role.Reader);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        (DateTimeOffset? from, DateTimeOffset? to) = (query.Time("from"), query.Time("to"));
        MetricsPeriod period = query.OneOf<MetricsPeriod>("period") ?? MetricsPeriod.Day;
        if (from > to)
        {
            errors.Add("from", "Must not be after 'to'.");
        }

        errors.ThrowIfAny();
        SpecificationMetrics found = await metrics.GetAsync(context.GetCaller().Tenant, from, to, period, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, found, ApiJson.Default.SpecificationMetrics);
    }

    private async Task SkeletonsAsync(HttpContext context)
    {
        FieldErrors errors = new();
        string? language = new QueryReader(context.Request, errors).Text("language");
        errors.ThrowIfAny();
        Specification found = await specifications.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("specification");
        IReadOnlyList<TestSkeleton> skeletons = TestSkeletons.For(found.Content);
        string? source = language is null ? null : SkeletonSources.Make(language, skeletons)
            ?? throw new RequestRefusedException(Problem.Invalid("language", $"Must be one of {string.Join(", ", SkeletonSources.Languages)}."));
        await context.WriteAsync(StatusCodes.Status200OK, new TestSkeletonsView(skeletons, source), ApiJson.Default.TestSkeletonsView);
    }
}

/// <param name="TestCases">For criteria and requirements that no test names yet.</param>
/// <param name="Source">The same as a file of unit tests, if a language was named.</param>
internal sealed record TestSkeletonsView(IReadOnlyList<TestSkeleton> TestCases, string? Source);
