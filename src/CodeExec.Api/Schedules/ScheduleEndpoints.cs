using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Schedules;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Schedules;

/// <summary>Work that is started again and again.</summary>
internal sealed class ScheduleEndpoints(ScheduleService schedules, IExecutionService executions, BatchService batches, JsonBodyReader bodies)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/schedules", CreateAsync).For(Role.Submitter);
        routes.MapGet("/api/schedules", ListAsync).For(Role.Reader);
        routes.MapGet("/api/schedules/{id}", GetAsync).For(Role.Reader);
        routes.MapPut("/api/schedules/{id}", context => UpdateAsync(context, replaces: true)).For(Role.Submitter);
        routes.MapPatch("/api/schedules/{id}", context => UpdateAsync(context, replaces: false)).For(Role.Submitter);
        routes.MapDelete("/api/schedules/{id}", DeleteAsync).For(Role.Submitter);
        routes.MapPost("/api/schedules/{id}/pause", context => PauseAsync(context, isPaused: true)).For(Role.Submitter);
        routes.MapPost("/api/schedules/{id}/resume", context => PauseAsync(context, isPaused: false)).For(Role.Submitter);
        routes.MapPost("/api/schedules/{id}/run", RunAsync).For(Role.Submitter);
        routes.MapGet("/api/schedules/{id}/runs", RunsAsync).For(Role.Reader);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        IdempotencyKey? key = IdempotencyHeader.Read(context.Request, body, "schedules");
        await AnswerAsync(context, await schedules.CreateAsync(context.GetCaller().Tenant, ScheduleReader.Read(body.Root), key, CancellationToken.None));
    }

    private async Task UpdateAsync(HttpContext context, bool replaces)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        await AnswerAsync(context, await schedules.UpdateAsync(context.GetCaller().Tenant, IdOf(context), ScheduleReader.Read(body.Root), replaces, CancellationToken.None));
    }

    private async Task PauseAsync(HttpContext context, bool isPaused)
        => await AnswerAsync(context, await schedules.PauseAsync(context.GetCaller().Tenant, IdOf(context), isPaused, CancellationToken.None));

    private async Task ListAsync(HttpContext context)
    {
        (int limit, string? before) = Pages.Of(context);
        IReadOnlyList<Schedule> found = await schedules.ListAsync(context.GetCaller().Tenant, before, limit + 1, context.RequestAborted);
        (IEnumerable<Schedule> items, string? cursor) = Pages.Cut(found, limit, one => one.Id);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. items.Select(ScheduleView.Of)], cursor), ApiJson.Default.ScheduleListView);
    }

    private async Task GetAsync(HttpContext context) => await WriteAsync(context, StatusCodes.Status200OK, await FindAsync(context));

    private async Task DeleteAsync(HttpContext context)
    {
        if (!await schedules.DeleteAsync(context.GetCaller().Tenant, IdOf(context), CancellationToken.None))
        {
            throw NotFound();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task RunAsync(HttpContext context)
    {
        TenantId tenant = context.GetCaller().Tenant;
        (ScheduleRun run, TimeSpan? wait) = await schedules.RunNowAsync(tenant, IdOf(context), IdempotencyHeader.Read(context.Request), CancellationToken.None) ?? throw NotFound();
        if (wait is { } later)
        {
            throw new RequestRefusedException(Problem.Busy(later));
        }

        if (run.Outcome == RunOutcome.Refused)
        {
            throw new RequestRefusedException(Problem.Invalid("schedule", $"What it starts is refused by now: {run.Reason}"));
        }

        context.Response.Headers.Location = run.Batch is { } batch ? $"/api/batches/{batch}" : $"/api/executions/{run.Execution}";
        await context.WriteAsync(StatusCodes.Status202Accepted, await WithStatusAsync(tenant, run, context.RequestAborted), ApiJson.Default.ScheduleRunView);
    }

    /// <summary>Newest first.</summary>
    private async Task RunsAsync(HttpContext context)
    {
        Schedule schedule = await FindAsync(context);
        List<ScheduleRunView> runs = [];
        foreach (ScheduleRun run in schedule.Runs.Reverse())
        {
            runs.Add(await WithStatusAsync(schedule.Tenant, run, context.RequestAborted));
        }

        await context.WriteAsync(StatusCodes.Status200OK, new ScheduleRunListView(runs), ApiJson.Default.ScheduleRunListView);
    }

    private async Task<ScheduleRunView> WithStatusAsync(TenantId tenant, ScheduleRun run, CancellationToken cancellationToken)
    {
        Enum? status = run.Execution is { } execution ? (await executions.FindAsync(tenant, execution, cancellationToken))?.Status
            : run.Batch is { } batch ? (await batches.FindAsync(tenant, batch, cancellationToken))?.Batch.State
            : null;
        return ScheduleRunView.Of(run) with { Status = status is null ? null : JsonNamingPolicy.CamelCase.ConvertName(status.ToString()) };
    }

    private async Task AnswerAsync(HttpContext context, ScheduleOutcome outcome)
    {
        (Schedule schedule, bool isNew) = outcome switch
        {
            ScheduleOutcome.Saved saved => (saved.Schedule, saved.IsNew),
            ScheduleOutcome.Invalid invalid => throw new RequestRefusedException(Problem.Invalid(invalid.Errors)),
            ScheduleOutcome.KeyConflict => throw new RequestRefusedException(Problem.KeyConflict()),
            _ => throw NotFound(),
        };
        context.Response.Headers.Location = $"/api/schedules/{schedule.Id}";
        await WriteAsync(context, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, schedule);
    }

    private async Task WriteAsync(HttpContext context, int status, Schedule schedule)
    {
        string? work = Pages.IsAuthor(context) ? await schedules.ReadWorkAsync(schedule, context.RequestAborted) : null;
        await context.WriteAsync(status, ScheduleView.Of(schedule).With(work), ApiJson.Default.ScheduleView);
    }

    private async Task<Schedule> FindAsync(HttpContext context)
        => await schedules.FindAsync(context.GetCaller().Tenant, IdOf(context), context.RequestAborted) ?? throw NotFound();

    private static string IdOf(HttpContext context) => Pages.Value(context, "id");

    private static RequestRefusedException NotFound() => Pages.NotFound("schedule");
}
