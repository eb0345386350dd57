using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = CodeExec.Core.Problems.Problem;

namespace CodeExec.Api.Grading;

/// <summary>Problems: written by admins, read by all who may submit to them.</summary>
internal sealed class ProblemEndpoints(ProblemCatalog problems, ProblemBlobs stored, TestSuites suites, IBlobStore blobs, CheckService checks, CheckWait waits, JsonBodyReader bodies)
{
    private const int LargestPage = 200, DefaultPage = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/problems", CreateAsync).For(Role.Admin);
        routes.MapGet("/api/problems", ListAsync).For(Role.Reader);
        routes.MapGet("/api/problems/{id}", GetAsync).For(Role.Reader);
        routes.MapPut("/api/problems/{id}", PutAsync).For(Role.Admin);
        routes.MapDelete("/api/problems/{id}", DeleteAsync).For(Role.Admin);
        routes.MapGet("/api/problems/{id}/versions", VersionsAsync).For(Role.Reader);
        routes.MapGet("/api/problems/{id}/data", DataAsync).For(Role.Reader);
    }

    public static string Url(Problem problem) => $"/api/problems/{problem.Id}";

    /// <summary>Answers with the problem as it is now stored, or refuses.</summary>
    public async Task AnswerAsync(HttpContext context, SaveProblemOutcome outcome)
    {
        switch (outcome)
        {
            case SaveProblemOutcome.Saved saved:
                context.Response.Headers.Location = Url(saved.Problem);
                int status = saved is { IsNew: true, Problem.Version: 1 } ? StatusCodes.Status201Created : StatusCodes.Status200OK;
                await context.WriteAsync(status, await ForAuthorAsync(await CheckedAsync(context, saved.Problem), context.RequestAborted), ApiJson.Default.GradedProblemView);
                break;
            case SaveProblemOutcome.Exists exists:
                throw new RequestRefusedException(new(ProblemTypes.AlreadyExists, $"There is a problem '{exists.Problem.Id}' already. PUT /api/problems/{exists.Problem.Id} makes a new version of it."));
            case SaveProblemOutcome.Busy busy:
                throw new RequestRefusedException(Api.Problems.Problem.Busy(busy.RetryAfter));
            case SaveProblemOutcome.Invalid invalid:
                throw new RequestRefusedException(Api.Problems.Problem.Invalid(invalid.Errors));
            default:
                throw NotFound(context);
        }
    }

    private async Task CreateAsync(HttpContext context)
    {
        CheckWait.Of(context);
        using JsonBody body = await bodies.ReadAsync(context);
        ProblemDraft draft = ProblemReader.Read(body.Root, null);
        await AnswerAsync(context, await problems.SaveAsync(context.GetCaller().Tenant, draft, create: true, CancellationToken.None));
    }

    private async Task PutAsync(HttpContext context)
    {
        CheckWait.Of(context);
        using JsonBody body = await bodies.ReadAsync(context);
        ProblemDraft draft = ProblemReader.Read(body.Root, Id(context));
        await AnswerAsync(context, await problems.SaveAsync(context.GetCaller().Tenant, draft, create: null, CancellationToken.None));
    }

    private async Task ListAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        int limit = (int)query.Integer("limit", 1, LargestPage, DefaultPage);
        string? after = query.Text("cursor");
        errors.ThrowIfAny();
        if (after is not null && !ProblemValidator.IsId(after))
        {
            throw new RequestRefusedException(Api.Problems.Problem.Invalid("cursor", "Not a cursor that this server gave out. Leave it away to start from the first."));
        }

        IReadOnlyList<Problem> page = await problems.ListAsync(context.GetCaller().Tenant, after, limit + 1, context.RequestAborted);
        List<Problem> shown = [];
        foreach (Problem newest in page.Take(limit))
        {
            Problem one = IsAuthor(context) ? newest : await problems.InPlaceOfAsync(context.GetCaller().Tenant, newest, context.RequestAborted);
            if (IsAuthor(context) || one.IsUsable)
            {
                shown.Add(one);
            }
        }

        ProblemListView view = new([.. shown.Select(GradedProblemView.Of)], page.Count > limit ? page[limit - 1].Id : null);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.ProblemListView);
    }

    private async Task GetAsync(HttpContext context)
    {
        Problem problem = await FindAsync(context);
        GradedProblemView view = IsAuthor(context)
            ? await ForAuthorAsync(problem, context.RequestAborted)
            : GradedProblemView.Of(problem, await SuiteAsync(problem, context.RequestAborted), author: false);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.GradedProblemView);
    }

    private async Task VersionsAsync(HttpContext context)
    {
        IReadOnlyList<Problem> versions = await problems.ListVersionsAsync(context.GetCaller().Tenant, Id(context), LargestPage, context.RequestAborted);
        if (versions.Count == 0)
        {
            throw NotFound(context);
        }

        await context.WriteAsync(StatusCodes.Status200OK, new([.. versions.Where(one => IsAuthor(context) || one.IsUsable).Select(GradedProblemView.Of)], null), ApiJson.Default.ProblemListView);
    }

    /// <summary>The bytes of a test's input or expected output.</summary>
    private async Task DataAsync(HttpContext context)
    {
        Problem problem = await FindAsync(context);
        TestSuite suite = await SuiteAsync(problem, context.RequestAborted);
        string? id = context.Request.Query["test"], part = context.Request.Query["part"];
        GradedTest? test = suite.Tests.FirstOrDefault(one => one.Id == id && (IsAuthor(context) || !one.Hidden));
        TestData? data = part switch { "stdin" => test?.Stdin, "expected" => test?.Expected, _ => null };
        if (data is null)
        {
            throw NotFound(context);
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = data.SizeBytes;
        context.Response.Headers.ContentDisposition = "attachment";
        if (data.Inline is { } bytes)
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            return;
        }

        await using Stream stored = await blobs.OpenReadAsync(data.Blob!, context.RequestAborted) ?? throw NotFound(context);
        await stored.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (!await problems.DeleteAsync(context.GetCaller().Tenant, Id(context), CancellationToken.None))
        {
            throw NotFound(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The version that a request names, or the newest: for an author of all, for others of those that they are graded by.</summary>
    public async Task<Problem> FindAsync(HttpContext context)
    {
        FieldErrors errors = new();
        string? version = new QueryReader(context.Request, errors).Text("version");
        long number = 0;
        if (version is not null && !long.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number))
        {
            errors.Add("version", "Must be a whole number from 1.");
        }

        errors.ThrowIfAny();
        long? wanted = version is null ? null : number;
        Problem? found = IsAuthor(context)
            ? await problems.FindAsync(context.GetCaller().Tenant, Id(context), wanted, context.RequestAborted)
            : await problems.FindForGradingAsync(context.GetCaller().Tenant, Id(context), wanted, context.RequestAborted);
        return found is not null && (IsAuthor(context) || found.IsUsable) ? found : throw NotFound(context);
    }

    private Task<TestSuite> SuiteAsync(Problem problem, CancellationToken cancellationToken)
        => suites.LoadAsync(new GradingSpec { SuiteBlob = problem.SuiteBlob }, cancellationToken);

    private async Task<GradedProblemView> ForAuthorAsync(Problem problem, CancellationToken cancellationToken)
        => GradedProblemView.Of(problem, await SuiteAsync(problem, cancellationToken), await stored.ReadKitAsync(problem, cancellationToken));

    /// <summary>As it is after the wait that the request asks for.</summary>
    private async Task<Problem> CheckedAsync(HttpContext context, Problem saved)
    {
        TimeSpan wait = CheckWait.Of(context);
        if (wait == TimeSpan.Zero || await checks.FindAsync(context.GetCaller().Tenant, saved, context.RequestAborted) is not { } check)
        {
            return saved;
        }

        await waits.WaitAsync(context, check, wait);
        return await problems.FindAsync(context.GetCaller().Tenant, saved.Id, saved.Version, context.RequestAborted) ?? saved;
    }

    private static bool IsAuthor(HttpContext context) => context.GetCaller().Role == Role.Admin;

    private static string Id(HttpContext context) => context.GetRouteValue("id") as string ?? "";

    public static RequestRefusedException NotFound(HttpContext context)
        => new(new(ProblemTypes.NotFound, ProblemValidator.IsId(Id(context)) ? $"There is no problem '{Id(context)}', or no such part of it." : "There is no such problem."));
}
