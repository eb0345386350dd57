using System.Text;
using System.Text.Json;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>What came of a batch, while it runs and after, in several forms.</summary>
internal sealed class BatchResultEndpoints(BatchService batches, BatchStore store)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/batches/{id}/results", ResultsAsync).For(Role.Reader);
        routes.MapGet("/api/batches/{id}/dead-letters", DeadLettersAsync).For(Role.Reader);
    }

    private async Task ResultsAsync(HttpContext context)
    {
        FieldErrors errors = new();
        string format = new QueryReader(context.Request, errors).Text("format") ?? "json";
        if (format is not ("json" or "ndjson" or "csv" or "excel" or "html"))
        {
            errors.Add("format", "Must be json, ndjson, csv, excel or html.");
        }

        errors.ThrowIfAny();
        BatchSummary found = await FindAsync(context);
        IAsyncEnumerable<BatchItem> items = batches.ReadResultsAsync(found.Batch, context.RequestAborted);
        switch (format)
        {
            case "csv" or "excel":
                Begin(context, "text/csv; charset=utf-8", $"batch-{found.Batch.Id}.csv");
                await BatchCsv.WriteAsync(context.Response.BodyWriter, items, marked: format == "excel", context.RequestAborted);
                break;
            case "html":
                Begin(context, "text/html; charset=utf-8", null);
                context.Response.Headers.ContentSecurityPolicy = BatchReportLook.Policy;
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
        HashSet<int> requeued = [.. (await store.ReadRequeuesAsync(found.Batch.Id, null, context.RequestAborted)).Select(one => one.Index)];
        List<BatchItemView> dead = await store.ReadItemsAsync(found.Batch.Id, context.RequestAborted)
            .Where(item => item.State == BatchItemState.Dead)
            .Select(item => BatchItemView.Of(item) with { Requeued = requeued.Contains(item.Index) })
            .ToListAsync(context.RequestAborted);
        await context.WriteAsync(StatusCodes.Status200OK, new BatchItemListView(dead), ApiJson.Default.BatchItemListView);
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
