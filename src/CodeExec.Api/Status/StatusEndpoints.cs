using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Live;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Operations;
using CodeExec.Core.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Status;

/// <summary>How this server is.</summary>
internal sealed class StatusEndpoints(
    HealthReport health, ServerMetrics metrics, IExecutionService service, IExecutionStore executions, IOrchestrationEngine engine,
    IEnumerable<IMetricsSource> sources, HubViewers viewers, ServerLife life, QueueLengths queues, TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], HealthAsync);
        routes.MapGet("/stats", StatsAsync).For(Role.Reader);
        routes.MapGet("/metrics", MetricsAsync).For(Role.Reader);
    }

    private async Task HealthAsync(HttpContext context)
    {
        (DependencyHealth worst, IReadOnlyList<DependencyView> checks) = await health.AskAsync(context.RequestAborted);
        int status = worst == DependencyHealth.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (worst == DependencyHealth.Down)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        await context.WriteAsync(status, new(HealthReport.NameOf(worst), ServerLife.Version, life.UptimeMs, checks), ApiJson.Default.HealthView);
    }

    private async Task StatsAsync(HttpContext context)
    {
        EngineStats stats = engine.GetStats();
        IReadOnlyDictionary<ExecutionStatus, long> counts = await executions.CountByStatusAsync(context.RequestAborted);
        ExecutionMetrics recent = await service.GetMetricsAsync(context.GetCaller().Tenant, clock.GetUtcNow() - Recent, null, context.RequestAborted);
        int delayed = stats.Active.GetValueOrDefault(DelayedStart.Orchestration.Value);
        StatsView view = new(
            (int)(counts.GetValueOrDefault(ExecutionStatus.Preparing) + counts.GetValueOrDefault(ExecutionStatus.Running)),
            Math.Max(0, (int)counts.GetValueOrDefault(ExecutionStatus.Queued) - delayed),
            delayed,
            Enum.GetValues<ExecutionStatus>().ToDictionary(StatusNames.Of, status => counts.GetValueOrDefault(status)),
            new(recent.Total, recent.Total == 0 ? 0 : (double)recent.Succeeded / recent.Total, recent.DurationMs),
            new(stats.Pending, stats.Active, stats.RunningActivities),
            Gauges(),
            viewers.Count,
            life.View(),
            await queues.CountAsync(context.RequestAborted));
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.StatsView);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        string text = PrometheusText.Write(await metrics.CollectAsync(context.RequestAborted));
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private Dictionary<string, double> Gauges()
    {
        Dictionary<string, double> gauges = new(StringComparer.Ordinal);
        foreach (Metric metric in sources.SelectMany(source => source.Collect()).Where(metric => metric.Kind != MetricKind.Histogram))
        {
            string labels = string.Join(',', metric.Labels.Select(label => $"{label.Name}={label.Value}"));
            gauges[labels.Length == 0 ? metric.Name : $"{metric.Name}{{{labels}}}"] = metric.Value;
        }

        return gauges;
    }
}
