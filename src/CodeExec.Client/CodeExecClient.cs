using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeExec.Client;

/// <summary>
/// A client of CodeExec's HTTP surface. Safe for use by many threads. Every call throws <see cref="CodeExecException"/> when the server
/// refuses it or cannot be reached; busy answers (429, 503) are waited out first, as far as the options allow.
/// </summary>
public sealed partial class CodeExecClient
{
    private const string Executions = "api/executions";

    /// <summary>The longest that the server holds a request open.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Transport _transport;
    private readonly EventStreamFollower _follower;
    private readonly TimeProvider _clock;

    /// <param name="http">With its <see cref="HttpClient.BaseAddress"/> set and a timeout above 60 seconds; stays the caller's.</param>
    public CodeExecClient(HttpClient http, CodeExecClientOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException("Set BaseAddress to the server's address, ending in a slash.", nameof(http));
        }
        options ??= new CodeExecClientOptions();
        _clock = clock ?? TimeProvider.System;
        _transport = new Transport(http, options, _clock);
        _follower = new EventStreamFollower(_transport, options, _clock);
    }

    /// <summary>Runs a program and returns once it has ended, however long that takes.</summary>
    public async Task<Execution> RunAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        Execution execution = await SubmitAsync(request, new SubmitOptions { Wait = LongestWait }, cancellationToken);
        if (execution.HasEnded)
        {
            return execution;
        }
        Execution? ended = null;
        await foreach (ExecutionEvent happened in FollowEventsAsync(execution.Id, 0, cancellationToken))
        {
            ended = (happened as ExecutionEvent.Ended)?.Execution;
        }
        return ended ?? await GetAsync(execution.Id, cancellationToken);
    }

    /// <summary>Hands a program in. What is returned has been accepted for good, and has often not begun.</summary>
    public Task<Execution> SubmitAsync(ExecutionRequest request, SubmitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string key = options?.IdempotencyKey ?? Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        string path = new Query(Executions).With("wait", (long?)options?.Wait?.TotalSeconds).ToString();
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.ExecutionRequest);
        return SendAsync(CreatePost, ClientJson.Default.Execution, cancellationToken);

        HttpRequestMessage CreatePost()
        {
            HttpRequestMessage message = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            message.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
            message.Headers.Add("Idempotency-Key", key);
            return message;
        }
    }

    public Task<Execution> GetAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, PathOf(id)), ClientJson.Default.Execution, cancellationToken);

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string path = new Query(Executions)
            .With("status", query.Status).With("language", query.Language).With("label", query.Label)
            .With("student", query.Student).With("problem", query.Problem)
            .With("from", query.From).With("to", query.To).With("limit", query.Limit).With("cursor", query.Cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.ExecutionPage, cancellationToken);
    }

    /// <summary>Asks an execution to stop. One that has ended already stays as it is.</summary>
    public async Task StopAsync(string id, CancellationToken cancellationToken)
        => (await _transport.SendAsync(() => new(HttpMethod.Post, $"{PathOf(id)}/stop"), readWhole: true, cancellationToken)).Dispose();

    /// <summary>Stops an execution if need be, and deletes all that is stored of it.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
        => (await _transport.SendAsync(() => new(HttpMethod.Delete, PathOf(id)), readWhole: true, cancellationToken)).Dispose();

    /// <summary>The bytes of a kept file.</summary>
    public async Task<Stream> GetArtifactAsync(string id, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        string escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return await OpenAsync($"{PathOf(id)}/artifacts/{escaped}", cancellationToken);
    }

    /// <summary>The bytes of something that a program showed, also while it runs.</summary>
    /// <param name="display">Its <see cref="ExecutionDisplay.Id"/>.</param>
    public Task<Stream> GetDisplayAsync(string id, string display, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(display);
        return OpenAsync($"{PathOf(id)}/displays/{Uri.EscapeDataString(display)}", cancellationToken);
    }

    public Task<IReadOnlyList<LanguageInfo>> ListLanguagesAsync(CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, "api/languages"), ClientJson.Default.IReadOnlyListLanguageInfo, cancellationToken);

    /// <summary>How the server is. A server that says it is unwell is an answer here, not an exception.</summary>
    public async Task<ServerHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "health");
        using HttpResponseMessage response = await _transport.SendOnceAsync(request, readWhole: true, cancellationToken);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            throw await ProblemReader.ReadAsync(response, _clock, cancellationToken);
        }
        ServerHealth health = await AnswerReader.ReadAsync(response, ClientJson.Default.ServerHealth, cancellationToken);
        return health with { IsWorking = response.IsSuccessStatusCode };
    }

    /// <summary>Active and queued work, the pool, counts and the process, as the server shows them.</summary>
    public async Task<JsonElement> GetStatsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _transport.SendAsync(() => new(HttpMethod.Get, "stats"), readWhole: true, cancellationToken);
        return await AnswerReader.ReadAsync(response, ClientJson.Default.JsonElement, cancellationToken);
    }

    private static string PathOf(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return $"{Executions}/{Uri.EscapeDataString(id)}";
    }

    private async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await _transport.SendAsync(() => new(HttpMethod.Get, path), readWhole: false, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken); // disposing the stream ends the response
    }

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _transport.SendAsync(create, readWhole: true, cancellationToken);
        return await AnswerReader.ReadAsync(response, type, cancellationToken);
    }
}
