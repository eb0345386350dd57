using System.Text;
using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Live;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Api.Grading;

/// <summary>What came of a batch, while it runs and after: in several forms, and live.</summary>
internal sealed class BatchResultEndpoints(BatchService batches, BatchControl control, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250), Quiet = TimeSpan.FromSeconds(15);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/batches/{id}/results", ResultsAsync).For(Role.Reader);
        routes.MapGet("/api/batches/{id}/dead-letters", DeadLettersAsync).For(Role.Reader);
        routes.MapGet("/api/batches/{id}/events", EventsAsync).For(Role.Reader);
    }

    private async Task ResultsAsync(HttpContext context)
    {
        FieldErrors errors = new();
        string format = new QueryReader(context.Request, errors).Text("format") ?? "json";
        if (format is not ("json" or "ndjson" or "csv" or "html"))
        {
            errors.Add("format", "Must be json, ndjson, csv or html.");
        }

        errors.ThrowIfAny();
        BatchSummary found = await FindAsync(context);
        IAsyncEnumerable<BatchItem> items = batches.ReadResultsAsync(found.Batch, context.RequestAborted);
        switch (format)
        {
            case "csv":
                Begin(context, "text/csv; charset=utf-8", $"batch-{found.Batch.Id}.csv");
                await BatchCsv.WriteAsync(context.Response.BodyWriter, items, context.RequestAborted);
                break;
            case "html":
                // Our own words and numbers, all of it escaped; no script, nothing from elsewhere.
                Begin(context, "text/html; charset=utf-8", null);
                context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
                await BatchReport.WriteAsync(context.Response.BodyWriter, found, items, context.RequestAborted);
                break;
            case "ndjson":
                Begin(context, "application/x-ndjson; charset=utf-8", null);
                await WriteLinesAsync(context, items);
                break;
            default:
                await context.WriteAsync(StatusCodes.Status200OK, new BatchItemListView([.. await items.Select(BatchItemView.Of).ToListAsync(context.RequestAborted)]), ApiJson.Default.BatchItemListView);
                break;
        }
    }

    private async Task DeadLettersAsync(HttpContext context)
    {
        BatchSummary found = await FindAsync(context);
        List<BatchItemView> dead = await batches.ReadResultsAsync(found.Batch, context.RequestAborted)
            .Where(item => item.State == BatchItemState.Dead)
            .Select(BatchItemView.Of)
            .ToListAsync(context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new BatchItemListView(dead), ApiJson.Default.BatchItemListView);
    }

    /// <summary>"progress" whenever it has changed, and last "result".</summary>
    private async Task EventsAsync(HttpContext context)
    {
        BatchSummary found = await FindAsync(context);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using SseWriter events = new(context.Response.BodyWriter);
        try
        {
            int told = -1;
            using SignalWatch<BatchId> watch = control.Watch(found.Batch.Id);
            while (true)
            {
                Task news = watch.Next();
                BatchSummary? now = await batches.FindAsync(found.Batch.Tenant, found.Batch.Id, either.Token);
                if (now is null)
                {
                    return; // deleted
                }

                if (now.Tally.Settled != told || now.Batch.State != found.Batch.State)
                {
                    (told, found) = (now.Tally.Settled, now);
                    events.Write(told, "progress", BatchProgressView.Of(now), ApiJson.Default.BatchProgressView);
                }
                else
                {
                    events.Comment("alive");
                }

                bool ended = now.Batch.State.IsFinal() && now.Batch.EndedAt is not null;
                if (ended)
                {
                    events.Write(told, "result", BatchView.Of(now), ApiJson.Default.BatchView);
                }

                await events.FlushAsync(either.Token);
                if (ended)
                {
                    return;
                }

                await Task.Delay(Pace, clock, either.Token); // many submissions may end in this time; one event tells of all
                await WaitAsync(news, either.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // The server stops; a client comes back to the next one.
        }
    }

    private async Task WaitAsync(Task news, CancellationToken cancellationToken)
    {
        try
        {
            await news.WaitAsync(Quiet, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to say that the stream lives, and to look at what another process may have done.
        }
    }

    private async Task<BatchSummary> FindAsync(HttpContext context)
        => await batches.FindAsync(context.GetCaller().Tenant, BatchEndpoints.IdOf(context), context.RequestAborted) ?? throw BatchEndpoints.NotFound();

    private static void Begin(HttpContext context, string type, string? download)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        if (download is not null)
        {
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{download}\"";
        }
    }

    private static async Task WriteLinesAsync(HttpContext context, IAsyncEnumerable<BatchItem> items)
    {
        await foreach (BatchItem item in items)
        {
            await context.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(BatchItemView.Of(item), ApiJson.Default.BatchItemView), context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes("\n"), context.RequestAborted);
        }
    }
}
