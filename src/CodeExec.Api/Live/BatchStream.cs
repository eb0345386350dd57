using System.Globalization;
using CodeExec.Api.Access;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Core.Access;
using CodeExec.Core.Batches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Api.Live;

/// <summary>A batch as server-sent events: "progress" whenever it has changed, and last "result".</summary>
internal sealed class BatchStream(BatchService batches, BatchNews news, CredentialChecker credentials, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/batches/{id}/events", StreamAsync).For(Role.Reader);

    private async Task StreamAsync(HttpContext context)
    {
        BatchId id = BatchEndpoints.IdOf(context);
        BatchSummary found = await batches.FindAsync(context.GetCaller().Tenant, id, context.RequestAborted) ?? throw BatchEndpoints.NotFound();
        if (found.Batch.IsOver && long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen) && seen > found.Batch.Total)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent; // it has seen the result; this tells a browser not to come back
            return;
        }

        EventStream.Begin(context);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using SseWriter line = new(context.Response.BodyWriter);
        ViewerAccess access = new(credentials, context.GetCaller(), clock);
        try
        {
            await foreach (BatchEvent? happened in news.FollowAsync(found.Batch.Tenant, id, either.Token))
            {
                if (!await access.IsStillAllowedAsync(either.Token))
                {
                    return;
                }

                Write(line, happened);
                await line.FlushAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // The server stops; a client comes back to the next one.
        }
    }

    private static void Write(SseWriter line, BatchEvent? happened)
    {
        switch (happened)
        {
            case BatchProgressEvent progress:
                line.Write(progress.Sequence, progress.Name, progress, ApiJson.Default.BatchProgressEvent);
                break;
            case BatchResultEvent result:
                line.Write(result.Sequence, result.Name, result.Result, ApiJson.Default.BatchView);
                break;
            default:
                line.Comment("alive");
                break;
        }
    }
}
