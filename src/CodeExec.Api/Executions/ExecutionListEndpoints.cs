using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Executions;

/// <summary>Lists of executions, and numbers over many.</summary>
internal sealed class ExecutionListEndpoints(IExecutionService executions, TimeProvider clock)
{
    private const int LargestPage = 200, DefaultPage = 50, MostPeriods = 60;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/executions", ListAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/executions/history", ListAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/problems/{id}/submissions", ListAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/executions/metrics", MetricsAsync).For(Role.Reader);
    }

    /// <summary>Under a problem's address those that answer it; they stay when the problem is deleted, so nobody looks whether it is there.</summary>
    private async Task ListAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        ExecutionQuery asked = new()
        {
            Tenant = context.GetCaller().Tenant,
            Status = query.OneOf<ExecutionStatus>("status"),
            Language = query.Text("language"),
            Student = context.GetCaller().Own(query.Text("student"), "executions"),
            Problem = context.GetRouteValue("id") as string ?? query.Text("problem"),
            Labels = query.Labels("label"),
            From = query.Time("from"),
            To = query.Time("to"),
            Limit = (int)query.Integer("limit", 1, LargestPage, DefaultPage),
            Cursor = query.Text("cursor"),
        };
        RefuseTurnedPeriod(asked.From, asked.To, errors);
        errors.ThrowIfAny();

        ExecutionPage page = await executions.ListAsync(asked, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new([.. page.Items.Select(ExecutionViews.Abridged)], page.Cursor), ApiJson.Default.ExecutionListView);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        (DateTimeOffset? from, DateTimeOffset? to) = (query.Time("from"), query.Time("to"));
        MetricsPeriod? period = query.OneOf<MetricsPeriod>("period");
        RefuseTurnedPeriod(from, to, errors);
        errors.ThrowIfAny();

        ExecutionMetrics metrics = await executions.GetMetricsAsync(context.GetCaller().Tenant, from, to, context.RequestAborted);
        IReadOnlyList<MetricsPeriodView>? periods = period is { } one ? await PeriodsAsync(context, one, from, to) : null;
        await context.WriteAsync(StatusCodes.Status200OK, MetricsView.Of(metrics, from, to) with { Periods = periods }, ApiJson.Default.MetricsView);
    }

    /// <summary>The newest periods up to the end asked for, oldest first; as many as the store is asked for one by one without harm.</summary>
    private async Task<IReadOnlyList<MetricsPeriodView>> PeriodsAsync(HttpContext context, MetricsPeriod period, DateTimeOffset? from, DateTimeOffset? to)
    {
        List<MetricsPeriodView> periods = [];
        DateTimeOffset end = to ?? clock.GetUtcNow();
        for (DateTimeOffset start = period.StartOf(end); periods.Count < MostPeriods && start + period.Length() > (from ?? DateTimeOffset.MinValue); start -= period.Length())
        {
            DateTimeOffset until = start + period.Length();
            (DateTimeOffset first, DateTimeOffset last) = (from > start ? from.Value : start, to < until ? to.Value : until);
            if (first < last)
            {
                periods.Add(MetricsPeriodView.Of(start, await executions.GetMetricsAsync(context.GetCaller().Tenant, first, last, context.RequestAborted)));
            }
        }

        periods.Reverse();
        return periods;
    }

    private static void RefuseTurnedPeriod(DateTimeOffset? from, DateTimeOffset? to, FieldErrors errors)
    {
        if (from > to)
        {
            errors.Add("from", "Must not be after 'to'.");
        }
    }
}
