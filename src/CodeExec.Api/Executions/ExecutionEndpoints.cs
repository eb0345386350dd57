using CodeExec.Api.Access;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Executions;

/// <summary>Submitting, reading, stopping and deleting executions.</summary>
internal sealed class ExecutionEndpoints(IExecutionService executions, ExecutionViews views, PatientWait waits, AttemptLedger attempts, JsonBodyReader bodies, TimeProvider clock)
{
    private const int LongestWaitSeconds = 60;
    private const string IdempotencyScope = "executions";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/executions", SubmitAsync).For(Role.Submitter).OrStudents();
        routes.MapGet("/api/executions/{id}", GetAsync).For(Role.Reader).OrStudents();
        routes.MapPost("/api/executions/{id}/rerun", RerunAsync).For(Role.Submitter).OrStudents();
        routes.MapPost("/api/executions/{id}/stop", StopAsync).For(Role.Submitter).OrStudents();
        routes.MapDelete("/api/executions/{id}", DeleteAsync).For(Role.Submitter);
    }

    private async Task SubmitAsync(HttpContext context)
    {
        TimeSpan? wait = Wait(context);
        using JsonBody body = await bodies.ReadAsync(context);
        Caller caller = context.GetCaller();
        Submission submission = caller.Own(SubmissionReader.Read(body.Root));
        IdempotencyKey? key = caller.Own(IdempotencyHeader.Read(context.Request, body, IdempotencyScope));

        // Not the request's token: a client that goes away in between must not leave an execution half accepted.
        await AnswerAsync(context, await executions.SubmitAsync(caller.Tenant, submission, caller.SubmitsAs(), key, CancellationToken.None), wait);
    }

    /// <summary>The same once more. There is nothing to say in a body.</summary>
    private async Task RerunAsync(HttpContext context)
    {
        TimeSpan? wait = Wait(context);
        Caller caller = context.GetCaller();
        ExecutionId id = (await context.FindExecutionAsync(executions)).Id;
        IdempotencyKey? key = caller.Own(IdempotencyHeader.Read(context.Request, $"rerun {id}"));
        if (await executions.RerunAsync(caller.Tenant, id, caller.SubmitsAs(), key, CancellationToken.None) is not { } outcome)
        {
            throw ExecutionOfRequest.NotFound(context);
        }

        await AnswerAsync(context, outcome, wait);
    }

    private static TimeSpan? Wait(HttpContext context)
    {
        FieldErrors errors = new();
        TimeSpan? wait = context.Request.QueryString.HasValue ? new QueryReader(context.Request, errors).Seconds("wait", LongestWaitSeconds) : null;
        errors.ThrowIfAny();
        return wait;
    }

    private async Task AnswerAsync(HttpContext context, SubmitOutcome outcome, TimeSpan? wait)
    {
        ExecutionRecord record = outcome.RecordOrRefuse();
        // One that is to begin only after that has nothing to wait for.
        if (wait > TimeSpan.Zero && !record.Status.IsFinal() && record.DueAt - clock.GetUtcNow() < wait)
        {
            record = await waits.WaitAsync(context, record.Id, wait.Value) ?? record;
        }

        context.Response.Headers.Location = ExecutionViews.Url(record.Id);
        int status = wait is not null && record.Status.IsFinal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        AttemptStanding? standing = outcome.Attempts is { } before && record is { Attempt: { } attempt, Status: var now } && now.IsFinal()
            ? await attempts.StandingAsync(new(record.Tenant, attempt.Kind, attempt.Subject), before, context.RequestAborted) // it may turn out not to count
            : outcome.Attempts;
        context.Tell(standing);
        ExecutionView view = await views.WholeAsync(record, context.GetCaller(), context.RequestAborted);
        await context.WriteAsync(status, view with { Attempts = AttemptStandingView.Of(standing) }, ApiJson.Default.ExecutionView);
    }

    private async Task GetAsync(HttpContext context)
    {
        ExecutionRecord record = await context.FindExecutionAsync(executions);
        await context.WriteAsync(StatusCodes.Status200OK, await views.WholeAsync(record, context.GetCaller(), context.RequestAborted), ApiJson.Default.ExecutionView);
    }

    private async Task StopAsync(HttpContext context)
    {
        ExecutionRecord found = await context.FindExecutionAsync(executions);
        if (await executions.StopAsync(found.Tenant, found.Id, CancellationToken.None) is not { } record)
        {
            throw ExecutionOfRequest.NotFound(context);
        }

        int status = record.Status.IsFinal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        await context.WriteAsync(status, await views.WholeAsync(record, context.GetCaller(), context.RequestAborted), ApiJson.Default.ExecutionView);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (!context.TryGetExecutionId(out ExecutionId id) || !await executions.DeleteAsync(context.GetCaller().Tenant, id, CancellationToken.None))
        {
            throw ExecutionOfRequest.NotFound(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
