using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Live;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Logs;

/// <summary>The log of an execution: paged, counted, and as a stream.</summary>
internal sealed class LogEndpoints(IExecutionService executions, ExecutionFeed feed, EventStream streams)
{
    private const int LargestPage = 1000, DefaultPage = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/executions/{id}/logs", PageAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/executions/{id}/logs/stream", StreamAsync).For(Role.Reader).OrStudents();
        routes.MapGet("/api/executions/{id}/logs/stats", CountAsync).For(Role.Reader).OrStudents();
    }

    private async Task PageAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        LogFilter filter = LogFilter.Read(query);
        long limit = query.Integer("limit", 1, LargestPage, DefaultPage), offset = query.Integer("offset", 0, int.MaxValue, 0);
        errors.ThrowIfAny();

        ExecutionRecord record = await context.FindExecutionAsync(executions);
        List<LogView> items = [];
        long total = 0;
        await foreach (LogEntry entry in feed.ReadAsync(record, 0, context.RequestAborted))
        {
            if (filter.Matches(entry) && total++ >= offset && items.Count < limit)
            {
                items.Add(LogView.Of(entry));
            }
        }

        await context.WriteAsync(StatusCodes.Status200OK, new(items, total), ApiJson.Default.LogPageView);
    }

    private async Task CountAsync(HttpContext context)
    {
        ExecutionRecord record = await context.FindExecutionAsync(executions);
        long[] levels = new long[3], sources = new long[3];
        long total = 0;
        await foreach (LogEntry entry in feed.ReadAsync(record, 0, context.RequestAborted))
        {
            total++;
            levels[(int)entry.Level]++;
            sources[(int)entry.Source]++;
        }

        LogStatsView stats = new(
            total,
            new Dictionary<string, long> { ["info"] = levels[(int)LogLevel.Info], ["warn"] = levels[(int)LogLevel.Warn], ["error"] = levels[(int)LogLevel.Error] },
            new Dictionary<string, long> { ["system"] = sources[(int)LogSource.System], ["stdout"] = sources[(int)LogSource.Stdout], ["stderr"] = sources[(int)LogSource.Stderr] });
        await context.WriteAsync(StatusCodes.Status200OK, stats, ApiJson.Default.LogStatsView);
    }

    private async Task StreamAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        StreamStart start = StreamStart.Read(context.Request, query, errors);
        DateTimeOffset? from = query.Time("from");
        LogFilter filter = LogFilter.Read(query);
        errors.ThrowIfAny();

        ExecutionRecord record = await context.FindExecutionAsync(executions);
        await streams.RunAsync(context, record, start, (entry, line) =>
        {
            if (filter.Matches(entry) && !(entry.Timestamp < from))
            {
                line.Write(entry.Sequence, "log", LogView.Of(entry), ApiJson.Default.LogView);
            }

            return ValueTask.CompletedTask;
        });
    }
}
