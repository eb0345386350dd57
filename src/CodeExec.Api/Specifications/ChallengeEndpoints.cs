using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>Challenges, written by admins, and the submissions to them.</summary>
internal sealed class ChallengeEndpoints(
    ChallengeCatalog challenges, ValidationService validations, ValidationRuns runs, ValidationRequests requests, JsonBodyReader bodies)
    : CatalogEndpoints<SubmittedChallenge, Challenge>(challenges, bodies, "challenges", "challenge")
{
    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.MapPost("/api/challenges/{id}/submissions", SubmitAsync).For(Role.Submitter);
        routes.MapGet("/api/challenges/{id}/submissions", SubmissionsAsync).For(Role.Reader);
        routes.MapGet("/api/submissions/{id}", SubmissionAsync).For(Role.Reader);
    }

    protected override (SubmittedChallenge Submitted, long? Version) Read(JsonElement body) => SpecificationReader.Challenge(body);

    protected override Task ShowAsync(HttpContext context, int status, Challenge one)
        => context.WriteAsync(status, ChallengeView.Whole(one, Pages.IsAuthor(context)), ApiJson.Default.ChallengeView);

    protected override Task ShowAsync(HttpContext context, IEnumerable<Challenge> page, string? cursor)
        => context.WriteAsync(StatusCodes.Status200OK, new([.. page.Select(ChallengeView.Abridged)], cursor), ApiJson.Default.ChallengeListView);

    private async Task SubmitAsync(HttpContext context)
    {
        TimeSpan wait = ValidationRequests.Wait(context);
        using JsonBody body = await Bodies.ReadAsync(context);
        ValidationBody read = ValidationReader.Read(body.Root);
        Challenge challenge = await FindAsync(context);
        ValidationOrder order = new()
        {
            Subject = new ValidationSubject { Kind = SubjectKind.Challenge, ChallengeId = challenge.Id, Version = challenge.Version },
            Program = read.Program,
            Content = ValidationRequests.Part(challenge.Content, read),
            Incremental = read.Incremental,
            CompareWith = read.CompareWith,
        };
        (ValidationRun run, ComplianceReport? report) = await requests.RunAsync(context, order, body, wait);
        context.Response.Headers.Location = $"/api/submissions/{run.Id}";
        await WriteAsync(context, ValidationRequests.StatusOf(run), run, report);
    }

    private async Task SubmissionsAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        TenantId tenant = context.GetCaller().Tenant;
        Challenge challenge = await FindAsync(context);
        IReadOnlyList<ValidationRun> found = await runs.ListAsync(tenant, SubjectKind.Challenge, challenge.Id, limit + 1, before, context.RequestAborted);
        (IEnumerable<ValidationRun> items, string? cursor) = Pages.Cut(found, limit, run => run.Id);
        ChallengeSubmissionListView view = new([.. items.Select(run => ChallengeSubmissionView.Of(run, null, null, author: false))], cursor);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.ChallengeSubmissionListView);
    }

    private async Task SubmissionAsync(HttpContext context)
    {
        ValidationRun? run = await validations.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted);
        if (run is not { Subject.Kind: SubjectKind.Challenge })
        {
            throw Pages.NotFound("submission");
        }

        await WriteAsync(context, StatusCodes.Status200OK, run, await requests.ReportAsync(run, context.RequestAborted));
    }

    private async Task WriteAsync(HttpContext context, int status, ValidationRun run, ComplianceReport? report)
    {
        ValidationRequest? request = await runs.ReadRequestAsync(run.Id, context.RequestAborted);
        await context.WriteAsync(status, ChallengeSubmissionView.Of(run, request, report, Pages.IsAuthor(context)), ApiJson.Default.ChallengeSubmissionView);
    }
}
