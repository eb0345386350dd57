using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Executions;

/// <summary>Lists of executions, and numbers over many.</summary>
internal sealed class ExecutionListEndpoints(IExecutionService executions)
{
    private const int LargestPage = 200, DefaultPage = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/executions", ListAsync).For(Role.Reader);
        routes.MapGet("/api/executions/history", ListAsync).For(Role.Reader);
        routes.MapGet("/api/executions/metrics", MetricsAsync).For(Role.Reader);
    }

    private async Task ListAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        ExecutionQuery asked = new()
        {
            Tenant = context.GetCaller().Tenant,
            Status = query.OneOf<ExecutionStatus>("status"),
            Language = query.Text("language"),
            Labels = Labels(query, errors),
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
        RefuseTurnedPeriod(from, to, errors);
        errors.ThrowIfAny();

        ExecutionMetrics metrics = await executions.GetMetricsAsync(context.GetCaller().Tenant, from, to, context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, MetricsView.Of(metrics, from, to), ApiJson.Default.MetricsView);
    }

    private static List<KeyValuePair<string, string>> Labels(QueryReader query, FieldErrors errors)
    {
        List<KeyValuePair<string, string>> labels = [];
        foreach (string text in query.Texts("label"))
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                labels.Add(new(text[..colon], text[(colon + 1)..]));
            }
            else
            {
                errors.Add("label", "Must be NAME:VALUE.");
            }
        }

        return labels;
    }

    private static void RefuseTurnedPeriod(DateTimeOffset? from, DateTimeOffset? to, FieldErrors errors)
    {
        if (from > to)
        {
            errors.Add("from", "Must not be after 'to'.");
        }
    }
}
