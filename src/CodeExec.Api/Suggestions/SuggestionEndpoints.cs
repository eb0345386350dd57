using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Access;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Suggestions;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = CodeExec.Api.Problems.Problem;

namespace CodeExec.Api.Suggestions;

/// <summary>Tests that are missing: suggested to all who may run something, taken over by admins.</summary>
internal sealed class SuggestionEndpoints(
    SpecificationCatalog specifications,
    ProblemCatalog problems,
    TestSuites suites,
    ValidationRuns runs,
    ValidationRequests contents,
    SuggestionRequests requests,
    JsonBodyReader bodies)
{
    private const int LookedAt = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/specifications/suggested-tests", SendAsync).For(Role.Submitter);
        routes.MapPost("/api/specifications/{id}/suggested-tests", OfSpecificationAsync).For(Role.Submitter);
        routes.MapPost("/api/specifications/{id}/suggested-tests/accept", AcceptAsync).For(Role.Admin);
        routes.MapPost("/api/problems/{id}/suggested-tests", OfProblemAsync).For(Role.Submitter);
    }

    /// <summary>What to suggest from comes with the request, or is named in it.</summary>
    private async Task SendAsync(HttpContext context)
    {
        using JsonBody json = await bodies.ReadAsync(context);
        SuggestionBody body = SuggestionReader.Read(json.Root, "specifications", "specificationId");
        if ((body.Specifications is null) == (body.SpecificationId is null))
        {
            throw new RequestRefusedException(Problem.Invalid("specifications", "Send what to suggest from, or the id of a specification as specificationId."));
        }

        if (body.SpecificationId is { } id)
        {
            Specification found = await specifications.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted)
                ?? throw new RequestRefusedException(Problem.Invalid("specificationId", "There is no such specification."));
            await AnswerAsync(context, body, found);
            return;
        }

        SpecificationContent content = contents.Inline(body.Specifications!);
        await requests.AnswerAsync(context, body, Part(content, null, body, seesHidden: true), []);
    }

    private async Task OfSpecificationAsync(HttpContext context)
    {
        using JsonBody json = await bodies.ReadAsync(context);
        await AnswerAsync(context, SuggestionReader.Read(json.Root), await FindAsync(context));
    }

    private async Task OfProblemAsync(HttpContext context)
    {
        using JsonBody json = await bodies.ReadAsync(context);
        SuggestionBody body = SuggestionReader.Read(json.Root);
        Core.Problems.Problem problem = await problems.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), null, context.RequestAborted) ?? throw Pages.NotFound("problem");
        TestSuite suite = await suites.LoadAsync(new GradingSpec { SuiteBlob = problem.SuiteBlob }, context.RequestAborted);
        await requests.AnswerAsync(context, body, SuggestionSources.Of(problem, suite, Pages.IsAuthor(context)), []);
    }

    /// <summary>A new version of the specification, with the tests that were chosen.</summary>
    private async Task AcceptAsync(HttpContext context)
    {
        using JsonBody json = await bodies.ReadAsync(context);
        (SubmittedContent more, long? version) = SuggestionReader.Accepted(json.Root);
        SaveOutcome<Specification> outcome = await specifications.AddTestsAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), more, version, CancellationToken.None);
        Specification saved = outcome.ValueOrRefuse("specification");
        context.Response.Headers.Location = $"/api/specifications/{saved.Id}";
        await context.WriteAsync(StatusCodes.Status200OK, SpecificationView.Whole(saved, author: true), ApiJson.Default.SpecificationView);
    }

    private async Task AnswerAsync(HttpContext context, SuggestionBody body, Specification specification)
    {
        SuggestionRequest request = Part(specification.Content, specification.Description, body, Pages.IsAuthor(context));
        await requests.AnswerAsync(context, body, request, await ImplementationAsync(context, specification));
    }

    private static SuggestionRequest Part(SpecificationContent content, string? description, SuggestionBody body, bool seesHidden)
    {
        ValidationRequests.RefuseUnknown(content, body.RequirementIds);
        return SuggestionSources.Of(content, description, body.RequirementIds, seesHidden);
    }

    /// <summary>For authors: what it prints for any input is what others are to find out.</summary>
    private async Task<IReadOnlyList<ModelProgram>> ImplementationAsync(HttpContext context, Specification specification)
    {
        if (!Pages.IsAuthor(context))
        {
            return [];
        }

        TenantId tenant = context.GetCaller().Tenant;
        IReadOnlyList<ValidationRun> newest = await runs.ListAsync(tenant, SubjectKind.Specification, specification.Id, LookedAt, null, context.RequestAborted);
        ValidationRun? passed = newest.FirstOrDefault(run => run is { Subject: { IsPart: false, Kind: SubjectKind.Specification }, Summary: { Tests: > 0, BrokenRules.Count: 0 } all } && all.TestsPassed == all.Tests);
        return passed is null ? [] : [new ModelProgram(ModelProgram.Implementation, token => ProgramAsync(passed, token))];
    }

    private async Task<Submission?> ProgramAsync(ValidationRun run, CancellationToken cancellationToken) => (await runs.ReadRequestAsync(run.Id, cancellationToken))?.Program;

    private async Task<Specification> FindAsync(HttpContext context)
        => await specifications.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("specification");
}
