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

/// <summary>Verifying tasks: those of a specification, or any id when the request brings what to verify by.</summary>
internal sealed class TaskEndpoints(SpecificationCatalog specifications, ValidationRuns runs, ValidationRequests requests, JsonBodyReader bodies)
{
    private const int HistoryLength = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tasks/{taskId}/verify", VerifyAsync).For(Role.Submitter);
        routes.MapPost("/api/tasks/{taskId}/test", TestAsync).For(Role.Submitter);
        routes.MapPost("/api/tasks/{taskId}/run-tests", TestAsync).For(Role.Submitter);
        routes.MapGet("/api/tasks/{taskId}/verification-status", StatusAsync).For(Role.Reader);
    }

    private async Task VerifyAsync(HttpContext context)
    {
        (ValidationRun run, ComplianceReport? report) = await RunAsync(context, testsOnly: false);
        TaskVerificationView view = TaskVerificationView.Of(run.Subject.TaskId!, run, report, Pages.IsAuthor(context));
        await context.WriteAsync(ValidationRequests.StatusOf(run), view, ApiJson.Default.TaskVerificationView);
    }

    private async Task TestAsync(HttpContext context)
    {
        (ValidationRun run, ComplianceReport? report) = await RunAsync(context, testsOnly: true);
        TaskTestsView view = TaskTestsView.Of(run.Subject.TaskId!, run, report, Pages.IsAuthor(context));
        await context.WriteAsync(ValidationRequests.StatusOf(run), view, ApiJson.Default.TaskTestsView);
    }

    private async Task<(ValidationRun Run, ComplianceReport? Report)> RunAsync(HttpContext context, bool testsOnly)
    {
        TimeSpan wait = ValidationRequests.Wait(context);
        using JsonBody body = await bodies.ReadAsync(context);
        ValidationBody read = ValidationReader.Read(body.Root, "taskId", "specifications");
        string taskId = Pages.Value(context, "taskId");
        if (read.TaskId is { } own && own != taskId)
        {
            throw new RequestRefusedException(Problem.Invalid("taskId", "Is another than that in the address; leave it away."));
        }

        (ValidationSubject subject, SpecificationContent content) = await ResolveAsync(context, taskId, read);
        SpecificationContent part = ValidationRequests.Part(content, read);
        ValidationOrder order = new()
        {
            Subject = subject with { IsPart = read.AsksForPart },
            Program = read.Program,
            Content = testsOnly ? part with { Rules = [] } : part,
            Incremental = read.Incremental,
            CompareWith = read.CompareWith,
        };
        (ValidationRun run, ComplianceReport? report) = await requests.RunAsync(context, order, body, wait);
        context.Response.Headers.Location = $"/api/validations/{run.Id}";
        return (run, report);
    }

    /// <summary>What came with the request goes before what the task's specification says.</summary>
    private async Task<(ValidationSubject, SpecificationContent)> ResolveAsync(HttpContext context, string taskId, ValidationBody body)
    {
        (SpecificationTask Task, Specification Specification)? known = await specifications.FindTaskAsync(context.GetCaller().Tenant, taskId, context.RequestAborted);
        ValidationSubject subject = new() { Kind = SubjectKind.Task, TaskId = taskId, SpecificationId = known?.Specification.Id, Version = known?.Specification.Version };
        if (body.Specifications is { } inline)
        {
            return IsId(taskId) ? (subject, requests.Inline(inline)) : throw new RequestRefusedException(Problem.Invalid("taskId", "Must be 1 to 64 letters, digits, '-', '_' or '.'."));
        }

        if (known is not { } found)
        {
            throw new RequestRefusedException(new(ProblemTypes.NotFound, "No specification has a task of this id. Send what to verify it by as 'specifications'."));
        }

        IReadOnlyList<string> requirements = found.Task.RequirementIds;
        return (subject, requirements.Count == 0 ? found.Specification.Content : found.Specification.Content.For(requirements));
    }

    private async Task StatusAsync(HttpContext context)
    {
        TenantId tenant = context.GetCaller().Tenant;
        string taskId = Pages.Value(context, "taskId");
        (SpecificationTask Task, Specification Specification)? known = await specifications.FindTaskAsync(tenant, taskId, context.RequestAborted);
        IReadOnlyList<ValidationRun> history = IsId(taskId) ? await runs.ListAsync(tenant, SubjectKind.Task, taskId, HistoryLength, null, context.RequestAborted) : [];
        if (known is null && history.Count == 0)
        {
            throw Pages.NotFound("task");
        }

        ValidationRun? newest = history.Count > 0 ? history[0] : null, judged = history.FirstOrDefault(run => run.Status == ValidationStatus.Completed);
        bool verified = judged?.Summary?.Result == ComplianceResult.Passed;
        TaskStatusView view = new(
            taskId,
            newest is null ? "notVerified" : TaskVerificationView.StatusOf(newest),
            verified,
            verified ? judged!.EndedAt : null,
            judged?.Summary is { } summary ? CoverageView.Of(summary.Coverage) : null,
            newest?.Id,
            known?.Specification.Id,
            [.. history.Select(ValidationView.Abridged)]);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.TaskStatusView);
    }

    private static bool IsId(string id) => Core.Specifications.Submitting.SpecificationIds.AreValid(id);
}
