using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeExec.Cli.Tests.Doubles;

/// <summary>A server that speaks api.md about one execution, over a real socket, and can be told to misbehave.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    public const string Id = "0193f4c2a7b87c1e9d0a5b6c7d8e9f00";

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>The way to it.</summary>
    public HttpClient Http { get; } = new();

    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>What the execution is, once its feed is through.</summary>
    public string Result { get; set; } = Executions.Exited(0);

    /// <summary>The answer to a submission.</summary>
    public string Queued { get; set; } = Executions.Queued();

    /// <summary>The feed, numbered from 1.</summary>
    public IReadOnlyList<FeedItem> Feed { get; set; } = [FeedItem.Status("running"), FeedItem.Result()];

    /// <summary>The feed goes on only after a stop, and ends as cancelled.</summary>
    public bool RunsUntilStopped { get; set; }

    /// <summary>One number a connection: after how many items of it the stream breaks, in the middle of the next one.</summary>
    public ConcurrentQueue<int> Cuts { get; } = new();

    /// <summary>Sends the whole feed again on every connection, as if it did not know Last-Event-ID.</summary>
    public bool ForgetsWhatWasSeen { get; set; }

    /// <summary>Answers that come before all others.</summary>
    public ConcurrentQueue<Refusal> Refusals { get; } = new();

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    public Dictionary<string, string> Documents { get; } = [];

    /// <summary>Paths that take a POST or PUT, and what they answer.</summary>
    public Dictionary<string, string> Accepts { get; } = [];

    /// <summary>How many connections of a stream say nothing at all.</summary>
    public int SilentStreams;

    public static async Task<FakeServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FakeServer server = new(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        server.Http.BaseAddress = server.Address;
        return server;
    }

    /// <summary>The body of the one POST that creates.</summary>
    public string SubmittedJson => Requests.Last(r => r is { Method: "POST", Path: "/api/executions" }).Body;

    public bool WasStopped => Requests.Any(r => r is { Method: "POST", Path: $"/api/executions/{Id}/stop" });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _stopped.TrySetResult();
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        string path = context.Request.Path.Value!;
        Requests.Enqueue(new RecordedRequest(
            context.Request.Method, path, context.Request.QueryString.Value!, Encoding.UTF8.GetString(body.ToArray()),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            Content = body.ToArray(),
        });
        if (Refusals.TryDequeue(out Refusal? refusal))
        {
            await refusal.WriteAsync(context);
            return;
        }
        string execution = $"/api/executions/{Id}";
        await ((context.Request.Method, path) switch
        {
            ("POST", "/api/executions") when context.Request.Query["wait"].Count > 0 && !RunsUntilStopped => JsonAsync(context, 200, Result),
            ("POST", "/api/executions") => JsonAsync(context, 202, Queued),
            ("POST", var p) when p == execution + "/stop" => StopAsync(context),
            ("DELETE", var p) when p == execution => JsonAsync(context, 204, ""),
            ("GET", var p) when p == execution => JsonAsync(context, 200, Result),
            ("GET", var p) when p == execution + "/events" => StreamAsync(context, logsOnly: false),
            ("GET", var p) when p == execution + "/logs/stream" => StreamAsync(context, logsOnly: true),
            ("GET", var p) when p.StartsWith(execution + "/artifacts/", StringComparison.Ordinal) => ArtifactAsync(context, p[(execution.Length + 11)..]),
            ("GET", var p) when p.StartsWith(execution + "/displays/", StringComparison.Ordinal) => ArtifactAsync(context, p[(execution.Length + 10)..]),
            ("POST" or "PUT", var p) when Accepts.TryGetValue(p, out string? answer) => JsonAsync(context, 202, answer),
            ("GET", var p) when Documents.TryGetValue(p, out string? document) => JsonAsync(context, 200, document),
            _ => new Refusal(404, """{"type":"https://codeexec.dev/problems/not-found","title":"Not found","detail":"There is no such execution."}""").WriteAsync(context),
        });
    }

    private async Task StopAsync(HttpContext context)
    {
        Result = Executions.Cancelled();
        _stopped.TrySetResult();
        await JsonAsync(context, 202, Result);
    }

    private async Task StreamAsync(HttpContext context, bool logsOnly)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        if (Interlocked.Decrement(ref SilentStreams) >= 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }
        long after = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : 0;
        bool cuts = Cuts.TryDequeue(out int left);
        for (int sequence = 1; sequence <= Feed.Count; sequence++)
        {
            FeedItem item = Feed[sequence - 1];
            if (sequence <= after && !ForgetsWhatWasSeen)
            {
                continue;
            }
            if (RunsUntilStopped && item.Event == "result")
            {
                await _stopped.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            string text = $"id: {sequence}\n{(logsOnly ? "" : $"event: {item.Event}\n")}data: {item.Data(sequence)}\n\n";
            if (cuts && left-- == 0)
            {
                await context.Response.WriteAsync(text[..(text.Length / 2)]);
                await context.Response.Body.FlushAsync();
                throw new IOException("The connection breaks here, on purpose."); // not Abort(): a reset may take back what was sent before it
            }
            await context.Response.WriteAsync(text);
            await context.Response.Body.FlushAsync();
        }
    }

    private async Task ArtifactAsync(HttpContext context, string path)
    {
        if (Artifacts.TryGetValue(path, out byte[]? bytes))
        {
            await context.Response.Body.WriteAsync(bytes);
            return;
        }
        context.Response.StatusCode = 404;
    }

    private static async Task JsonAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        if (json.Length > 0)
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
        }
    }
}
