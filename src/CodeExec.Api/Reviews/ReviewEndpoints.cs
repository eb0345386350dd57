using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Reviews;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Rules;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Reviews;

/// <summary>Reviews of code, beside its specification and what came of running it.</summary>
internal sealed class ReviewEndpoints(
    ReviewService reviews,
    SpecificationCatalog specifications,
    SpecificationValidator validator,
    ValidationRequests requests,
    ValidationRuns runs,
    IExecutionService executions,
    TestResults results,
    ReservedIds ids,
    JsonBodyReader bodies)
{
    private const int LargestPage = 50;

    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/reviews", ReviewAsync).For(Role.Submitter);
        routes.MapGet("/api/reviews", ListAsync).For(Role.Reader);
        routes.MapGet("/api/reviews/{id}", GetAsync).For(Role.Reader);
    }

    private async Task ReviewAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        ReviewBody read = ReviewReader.Read(body.Root);
        if (read.Reviewer is { } named && !reviews.Names.Contains(named, StringComparer.Ordinal))
        {
            throw new RequestRefusedException(Problem.Invalid("reviewer", $"This server has {string.Join(", ", reviews.Names)}."));
        }

        TenantId tenant = context.GetCaller().Tenant;
        (SpecificationContent content, ValidationSubject subject) = await ContentAsync(context, read);
        Submission program = validator.Check(read.Program, content with { Suite = new() { Tests = [] } }, out IReadOnlyDictionary<string, string[]> errors)
            ?? throw new RequestRefusedException(Problem.Invalid(errors));
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, "reviews");
        ReservedId reserved = await ids.ReserveAsync(tenant, key, context.RequestAborted) ?? throw ValidationRequests.KeyConflict();
        StoredReview? stored = reserved.IsRepeated ? await reviews.FindAsync(tenant, reserved.Id, context.RequestAborted) : null;
        if (stored is null)
        {
            (IReadOnlyList<ValidatedTest>? tests, string? validation) = await ResultsAsync(context, read, program, content, subject, key);
            ValidationRequest sources = new() { Tenant = tenant, Subject = subject, CreatedAt = default, Program = program, Content = content };
            ReviewRequest request = new(program.Language!, ProgramSources.Read(program), content, tests, RuleChecks.Check(sources, tests ?? [])) { Run = read.Results.Run };
            stored = await reviews.ReviewAsync(tenant, reserved.Id, request, read.Reviewer, validation, context.RequestAborted);
        }

        context.Response.Headers.Location = $"/api/reviews/{stored.Id}";
        await context.WriteAsync(StatusCodes.Status200OK, ReviewView.Of(stored), ApiJson.Default.ReviewView);
    }

    private async Task<(SpecificationContent, ValidationSubject)> ContentAsync(HttpContext context, ReviewBody body)
    {
        if (body.SpecificationId is { } id)
        {
            Specification found = await specifications.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted)
                ?? throw new RequestRefusedException(Problem.Invalid("specificationId", "There is no such specification."));
            return (found.Content, new() { Kind = SubjectKind.Specification, SpecificationId = found.Id, Version = found.Version });
        }

        return (body.Specifications is { } inline ? requests.Inline(inline) : new SpecificationContent(), new() { Kind = SubjectKind.Specification });
    }

    private async Task<(IReadOnlyList<ValidatedTest>? Tests, string? Validation)> ResultsAsync(
        HttpContext context, ReviewBody read, Submission program, SpecificationContent content, ValidationSubject subject, IdempotencyKey? key)
    {
        TenantId tenant = context.GetCaller().Tenant;
        if (read.Execute)
        {
            ValidationOrder order = new() { Subject = subject, Program = program, Content = content };
            (ValidationRun run, ComplianceReport? report) = await requests.RunAsync(context, order, key is null ? null : key with { Key = key.Key + "\nrun" }, LongestRun); // a key of its own: one makes one thing
            return (report?.Tests ?? throw new RequestRefusedException(new(
                ProblemTypes.Unavailable, $"The tests have not come to their end. Ask again with executionResults.validationId '{run.Id}' when GET /api/validations/{run.Id} says that they have.")), run.Id);
        }

        if (read.Results.ValidationId is { } validation)
        {
            ComplianceReport? report = await runs.FindAsync(tenant, validation, context.RequestAborted) is { } run ? await requests.ReportAsync(run, context.RequestAborted) : null;
            return (report?.Tests ?? throw new RequestRefusedException(Problem.Invalid("executionResults.validationId", "There is no such validation, or it has no results.")), validation);
        }

        if (read.Results.ExecutionId is { } execution)
        {
            ExecutionRecord? record = ExecutionId.TryParse(execution, out ExecutionId id) ? await executions.FindAsync(tenant, id, context.RequestAborted) : null;
            Grade grade = record?.Grade ?? throw new RequestRefusedException(Problem.Invalid("executionResults.executionId", "There is no such execution, or it was not graded."));
            return ([.. (await results.LoadAsync(grade, context.RequestAborted)).Select(result => new ValidatedTest(result, execution))], null);
        }

        return (read.Results.Tests, null);
    }

    private async Task ListAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context, LargestPage);
        IReadOnlyList<StoredReview> found = await reviews.ListAsync(context.GetCaller().Tenant, limit + 1, before, context.RequestAborted);
        (IEnumerable<StoredReview> items, string? cursor) = Pages.Cut(found, limit, one => one.Id);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. items.Select(ReviewView.Of)], cursor), ApiJson.Default.ReviewListView);
    }

    private async Task GetAsync(HttpContext context)
    {
        StoredReview found = await reviews.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("review");
        await context.WriteAsync(StatusCodes.Status200OK, ReviewView.Of(found), ApiJson.Default.ReviewView);
    }
}
