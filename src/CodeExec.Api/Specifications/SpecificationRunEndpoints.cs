using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Specifications;

/// <summary>Checking implementations against specifications, and what came of it.</summary>
internal sealed class SpecificationRunEndpoints(
    SpecificationCatalog specifications, ValidationService validations, ValidationRuns runs, ValidationRequests requests, JsonBodyReader bodies)
{
    private const int LargestPage = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/specifications/validate-implementation", context => CheckAsync(context, null, needsRequirements: false)).For(Role.Submitter);
        routes.MapPost("/api/specifications/test-requirements", context => CheckAsync(context, null, needsRequirements: true)).For(Role.Submitter);
        routes.MapPost("/api/specifications/{id}/validate", context => CheckAsync(context, Pages.Value(context, "id"), needsRequirements: false)).For(Role.Submitter);
        routes.MapPost("/api/specifications/{id}/test-requirements", context => CheckAsync(context, Pages.Value(context, "id"), needsRequirements: true)).For(Role.Submitter);
        routes.MapGet("/api/specifications/{id}/validations", ListAsync).For(Role.Reader);
        routes.MapGet("/api/specifications/{id}/implementations", ImplementationsAsync).For(Role.Reader);
        routes.MapGet("/api/specifications/{id}/compliance-report", ComplianceReportAsync).For(Role.Reader);
        routes.MapGet("/api/validations/{id}", GetAsync).For(Role.Reader);
        routes.MapGet("/api/validations/{id}/report", ReportAsync).For(Role.Reader);
        routes.MapPost("/api/validations/{id}/stop", StopAsync).For(Role.Submitter);
    }

    private async Task CheckAsync(HttpContext context, string? id, bool needsRequirements)
    {
        TimeSpan wait = ValidationRequests.Wait(context);
        using JsonBody body = await bodies.ReadAsync(context);
        ValidationBody read = id is null ? ValidationReader.Read(body.Root, "specificationId", "specifications") : ValidationReader.Read(body.Root);
        (ValidationSubject subject, SpecificationContent content) = await ResolveAsync(context, id, read);
        if (needsRequirements && read.RequirementIds is not { Count: > 0 } && id is not null)
        {
            throw new RequestRefusedException(Problem.Invalid("requirementIds", "Name at least one requirement; POST …/validate checks all of them."));
        }

        ValidationOrder order = new()
        {
            Subject = subject with { IsPart = read.AsksForPart },
            Program = read.Program,
            Content = ValidationRequests.Part(content, read),
            Incremental = read.Incremental,
            CompareWith = read.CompareWith,
        };
        (ValidationRun run, ComplianceReport? report) = await requests.RunAsync(context, order, body, wait);
        context.Response.Headers.Location = $"/api/validations/{run.Id}";
        await context.WriteAsync(ValidationRequests.StatusOf(run), ValidationView.Whole(run, report, Pages.IsAuthor(context)), ApiJson.Default.ValidationView);
    }

    private async Task<(ValidationSubject, SpecificationContent)> ResolveAsync(HttpContext context, string? id, ValidationBody body)
    {
        if ((id ?? body.SpecificationId) is { } stored)
        {
            if (body.Specifications is not null)
            {
                throw new RequestRefusedException(Problem.Invalid("specifications", "Name a specification or send one, not both."));
            }

            Specification? found = await specifications.FindAsync(context.GetCaller().Tenant, stored, context.RequestAborted);
            return found is not null ? (new() { Kind = SubjectKind.Specification, SpecificationId = found.Id, Version = found.Version }, found.Content)
                : id is not null ? throw Pages.NotFound("specification")
                : throw new RequestRefusedException(Problem.Invalid("specificationId", "There is no such specification."));
        }

        return body.Specifications is { } inline
            ? (new ValidationSubject { Kind = SubjectKind.Specification }, requests.Inline(inline))
            : throw new RequestRefusedException(Problem.Invalid("specifications", "Send what to check by, or the id of a specification as specificationId."));
    }

    private async Task ListAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        IReadOnlyList<ValidationRun> found = await RunsAsync(context, limit, before);
        (IEnumerable<ValidationRun> items, string? cursor) = Pages.Cut(found, limit, run => run.Id);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. items.Select(ValidationView.Abridged)], cursor), ApiJson.Default.ValidationListView);
    }

    private async Task ImplementationsAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context, LargestPage);
        IReadOnlyList<ValidationRun> found = await RunsAsync(context, limit, before);
        (IEnumerable<ValidationRun> items, string? cursor) = Pages.Cut(found, limit, run => run.Id);
        List<ImplementationView> views = [];
        foreach (ValidationRun run in items)
        {
            ValidationRequest? request = await runs.ReadRequestAsync(run.Id, context.RequestAborted);
            views.Add(ImplementationView.Of(run, request, await requests.ReportAsync(run, context.RequestAborted), Pages.IsAuthor(context)));
        }

        await context.WriteAsync(StatusCodes.Status200OK, new(views, cursor), ApiJson.Default.ImplementationListView);
    }

    private async Task<IReadOnlyList<ValidationRun>> RunsAsync(HttpContext context, int limit, string? before)
    {
        TenantId tenant = context.GetCaller().Tenant;
        Specification specification = await specifications.FindAsync(tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("specification");
        return await runs.ListAsync(tenant, SubjectKind.Specification, specification.Id, limit + 1, before, context.RequestAborted);
    }

    /// <summary>Of the newest run that has one, of one that checked all before those that checked a part; or of the one that the query names.</summary>
    private async Task ComplianceReportAsync(HttpContext context)
    {
        FieldErrors errors = new();
        string? named = new QueryReader(context.Request, errors).Text("validation");
        errors.ThrowIfAny();
        IReadOnlyList<ValidationRun> found = await RunsAsync(context, LargestPage, null);
        ValidationRun? run = named is null
            ? found.Where(one => one.Status == ValidationStatus.Completed).OrderBy(one => one.Subject.IsPart || one.Subject.Kind == SubjectKind.Task).FirstOrDefault() // stable
            : await validations.FindAsync(context.GetCaller().Tenant, named, context.RequestAborted);
        if (run is null || run.Subject.SpecificationId != Pages.Value(context, "id"))
        {
            throw Pages.NotFound("compliance report: no implementation of this specification has been checked yet, or not the one named. POST …/validate checks one");
        }

        await WriteReportAsync(context, run);
    }

    private async Task WriteReportAsync(HttpContext context, ValidationRun run)
    {
        Specification? specification = run.Subject.SpecificationId is { } id ? await specifications.FindAsync(run.Tenant, id, context.RequestAborted) : null;
        await ComplianceAnswer.WriteAsync(context, run, await requests.ReportAsync(run, context.RequestAborted), specification?.Name);
    }

    private async Task GetAsync(HttpContext context)
    {
        ValidationRun run = await FindAsync(context);
        ComplianceReport? report = await requests.ReportAsync(run, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, ValidationView.Whole(run, report, Pages.IsAuthor(context)), ApiJson.Default.ValidationView);
    }

    private async Task ReportAsync(HttpContext context) => await WriteReportAsync(context, await FindAsync(context));

    private async Task StopAsync(HttpContext context)
    {
        ValidationRun run = await validations.StopAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), CancellationToken.None) ?? throw Pages.NotFound("validation");
        await context.WriteAsync(ValidationRequests.StatusOf(run), ValidationView.Abridged(run), ApiJson.Default.ValidationView);
    }

    private async Task<ValidationRun> FindAsync(HttpContext context)
        => await validations.FindAsync(context.GetCaller().Tenant, Pages.Value(context, "id"), context.RequestAborted) ?? throw Pages.NotFound("validation");
}
