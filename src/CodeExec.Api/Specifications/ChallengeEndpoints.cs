using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Attempts;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>Challenges, written by admins, and the submissions to them.</summary>
internal sealed class ChallengeEndpoints(
    ChallengeCatalog challenges, ValidationService validations, ValidationRuns runs, ValidationRequests requests, AttemptLedger attempts, OverrideReader overrides, JsonBodyReader bodies)
    : CatalogEndpoints<SubmittedChallenge, Challenge>(challenges, bodies, "challenges", "challenge")
{
    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.MapPost("/api/challenges/{id}/submissions", SubmitAsync).For(Role.Submitter).OrStudents();
        routes.MapGet("/api/challenges/{id}/submissions", SubmissionsAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/submissions/{id}", SubmissionAsync).For(Role.Reader).OrStudents();
        routes.MapPost("/api/submissions/{id}/override", OverrideAsync).For(Role.Admin);
    }

    protected override bool StudentsMayRead => true;

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
        Caller caller = context.GetCaller();
        Challenge challenge = await FindAsync(context);
        ValidationOrder order = new()
        {
            Subject = new ValidationSubject { Kind = SubjectKind.Challenge, ChallengeId = challenge.Id, Version = challenge.Version },
            Attempts = challenge.Attempts,
            By = caller.SubmitsAs(),
            Program = caller.Own(read.Program),
            Content = ValidationRequests.Part(challenge.Content, read),
            Incremental = read.Incremental,
            CompareWith = read.CompareWith,
        };
        StartOutcome.Accepted accepted = await requests.StartAsync(context, order, caller.Own(IdempotencyHeader.Read(context.Request, body, context.Request.Path.Value ?? "")));
        (ValidationRun run, ComplianceReport? report) = await requests.FollowAsync(context, accepted.Run, wait);
        context.Response.Headers.Location = $"/api/submissions/{run.Id}";
        AttemptStanding? standing = accepted.Attempts is { } before && run is { Attempt: { } attempt, Status: var now } && now.IsFinal()
            ? await attempts.StandingAsync(new(run.Tenant, attempt.Kind, attempt.Subject), before, context.RequestAborted) // it may turn out not to count
            : accepted.Attempts;
        context.Tell(standing);
        await WriteAsync(context, ValidationRequests.StatusOf(run), run, report, standing);
    }

    private async Task SubmissionsAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        Caller caller = context.GetCaller();
        string? student = caller.Own(Pages.Text(context, "student"), "submissions");
        Challenge challenge = await FindAsync(context);
        IReadOnlyList<ValidationRun> found = await (student is null
            ? runs.ListAsync(caller.Tenant, SubjectKind.Challenge, challenge.Id, limit + 1, before, context.RequestAborted)
            : runs.ListOfAsync(student, caller.Tenant, SubjectKind.Challenge, challenge.Id, limit + 1, before, context.RequestAborted));
        (IEnumerable<ValidationRun> items, string? cursor) = Pages.Cut(found, limit, run => run.Id);
        ChallengeSubmissionListView view = new([.. items.Select(run => ChallengeSubmissionView.Of(run, null, null, author: false))], cursor);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.ChallengeSubmissionListView);
    }

    private async Task SubmissionAsync(HttpContext context)
    {
        ValidationRun? run = await validations.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted);
        if (run is not { Subject.Kind: SubjectKind.Challenge } || !context.GetCaller().MaySee(run.Student))
        {
            throw Pages.NotFound("submission");
        }

        await WriteAsync(context, StatusCodes.Status200OK, run, await requests.ReportAsync(run, context.RequestAborted));
    }

    private async Task OverrideAsync(HttpContext context)
    {
        const decimal Whole = 100;
        GradeOverride given = await overrides.ReadAsync(context, Whole);
        ValidationRun run = await runs.OverrideAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), given, CancellationToken.None) ?? throw Pages.NotFound("submission with a score");
        await WriteAsync(context, StatusCodes.Status200OK, run, await requests.ReportAsync(run, context.RequestAborted));
    }

    private async Task WriteAsync(HttpContext context, int status, ValidationRun run, ComplianceReport? report, AttemptStanding? standing = null)
    {
        ValidationRequest? request = await runs.ReadRequestAsync(run.Id, context.RequestAborted);
        ChallengeSubmissionView view = ChallengeSubmissionView.Of(run, request, report, Pages.IsAuthor(context)) with { Attempts = AttemptStandingView.Of(standing) };
        await context.WriteAsync(status, view, ApiJson.Default.ChallengeSubmissionView);
    }
}
