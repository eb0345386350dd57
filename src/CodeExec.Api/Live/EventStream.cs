using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Live;

/// <summary>Writes what a feed entry is to this stream, or nothing.</summary>
internal delegate ValueTask WriteEntry(LogEntry entry, SseWriter line);

/// <summary>
/// Sends the feed of an execution as server-sent events, each under its sequence. The feed is pulled as fast as the viewer takes it, so
/// that a slow one holds no more than the server's output buffer; one that takes nothing at all is cut off.
/// </summary>
internal sealed class EventStream(
    ExecutionFeed feed, CredentialChecker credentials, IHostApplicationLifetime lifetime, IOptions<ApiOptions> options, TimeProvider clock, ILogger<EventStream> logger)
{
    private const int SendAt = 32 << 10;

    public async Task RunAsync(HttpContext context, ExecutionRecord record, StreamStart start, WriteEntry write)
    {
        await using FeedReader entries = new(feed, record.Id, start.After, context.RequestAborted);
        if (start.IsReconnect && record.Status.IsFinal() && !await entries.Next)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent; // tells a browser not to come back
            return;
        }

        Begin(context);
        using SseWriter line = new(context.Response.BodyWriter);
        line.Comment("stream of " + record.Id);
        ViewerAccess access = new(credentials, context.GetCaller(), clock);
        PushPace pace = new(clock);
        while (await NextAsync(record.Id, entries.Next, line, pace, access, context))
        {
            await write(entries.Take(), line);
            if (line.UnsentBytes >= SendAt)
            {
                await SendAsync(record.Id, line, pace, context);
            }
        }

        await SendAsync(record.Id, line, pace, context);
    }

    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy in between must not collect
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <returns>False at the end of the stream, or when the viewer may no longer see it.</returns>
    private async Task<bool> NextAsync(ExecutionId id, Task<bool> next, SseWriter line, PushPace pace, ViewerAccess access, HttpContext context)
    {
        DateTimeOffset quietSince = clock.GetUtcNow();
        while (true)
        {
            if (!await access.IsStillAllowedAsync(context.RequestAborted))
            {
                return false;
            }

            if (!next.IsCompleted && line.HasUnsent)
            {
                await SendAsync(id, line, pace, context);
            }

            try
            {
                return await next.WaitAsync(ViewerAccess.CheckEvery, clock, lifetime.ApplicationStopping);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return false; // the viewer comes back to the next life of this server, and goes on there
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                if (clock.GetUtcNow() - quietSince >= options.Value.KeepAlive)
                {
                    quietSince = clock.GetUtcNow();
                    line.Comment("keep-alive");
                }
            }
        }
    }

    private async Task SendAsync(ExecutionId id, SseWriter line, PushPace pace, HttpContext context)
    {
        await pace.WaitAsync(context.RequestAborted);
        try
        {
            await line.FlushAsync(context.RequestAborted).AsTask().WaitAsync(options.Value.SlowViewerLimit, clock, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            logger.SlowViewerCutOff(LiveGroups.Of(id), options.Value.SlowViewerLimit);
            context.Abort();
            throw new OperationCanceledException("The viewer takes nothing.");
        }
    }
}
