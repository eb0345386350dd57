using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    private const string Problems = "api/problems";

    /// <summary>In the order of their ids.</summary>
    /// <param name="cursor">From the page before.</param>
    public Task<ProblemPage> ListProblemsAsync(string? cursor, CancellationToken cancellationToken)
    {
        string path = new Query(Problems).With("cursor", cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.ProblemPage, cancellationToken);
    }

    /// <param name="version">Null: the newest.</param>
    public Task<GradedProblem> GetProblemAsync(string id, int? version, CancellationToken cancellationToken)
    {
        string path = new Query(ProblemPath(id)).With("version", version).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.GradedProblem, cancellationToken);
    }

    /// <summary>Stores a problem that is not there yet.</summary>
    /// <param name="json">As docs/grading.md has it.</param>
    public Task<GradedProblem> CreateProblemAsync(byte[] json, CancellationToken cancellationToken)
        => SendAsync(() => WithBody(HttpMethod.Post, Problems, json, "application/json"), ClientJson.Default.GradedProblem, cancellationToken);

    /// <summary>Stores a problem, or a new version of one; one that is just as before makes none.</summary>
    /// <inheritdoc cref="CreateProblemAsync"/>
    public Task<GradedProblem> SaveProblemAsync(string id, byte[] json, CancellationToken cancellationToken)
        => SendAsync(() => WithBody(HttpMethod.Put, ProblemPath(id), json, "application/json"), ClientJson.Default.GradedProblem, cancellationToken);

    /// <summary>Stores a problem, or a new version of one, out of a zip.</summary>
    public Task<GradedProblem> ImportProblemAsync(string id, Func<Stream> openZip, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(openZip);
        ArgumentNullException.ThrowIfNull(options);
        string path = new Query($"{ProblemPath(id)}/import")
            .With("title", options.Title).With("checker", options.Checker).With("hidden", options.Hidden is { } hidden ? (hidden ? "true" : "false") : null)
            .With("stopOn", options.StopOn).With("check", options.Check is { } check ? (check ? "true" : "false") : null).ToString();
        return SendAsync(() => WithBody(HttpMethod.Post, path, openZip(), BatchUpload.Zip), ClientJson.Default.GradedProblem, cancellationToken);
    }

    /// <summary>What the newest check of a version found.</summary>
    /// <param name="version">Null: the newest.</param>
    /// <param name="wait">How long to wait for its end, a minute at most.</param>
    public Task<ProblemCheck> GetProblemCheckAsync(string id, int? version, TimeSpan wait, CancellationToken cancellationToken) => CheckAsync(HttpMethod.Get, id, version, wait, cancellationToken);

    /// <summary>Checks a version once more: validates its inputs, and runs its solutions.</summary>
    /// <inheritdoc cref="GetProblemCheckAsync"/>
    public Task<ProblemCheck> CheckProblemAsync(string id, int? version, TimeSpan wait, CancellationToken cancellationToken) => CheckAsync(HttpMethod.Post, id, version, wait, cancellationToken);

    /// <summary>Forgets a problem with all its versions.</summary>
    public async Task DeleteProblemAsync(string id, CancellationToken cancellationToken)
        => (await _transport.SendAsync(() => new(HttpMethod.Delete, ProblemPath(id)), readWhole: true, cancellationToken)).Dispose();

    /// <summary>What became of the callbacks of an execution.</summary>
    public Task<DeliveryList> ListDeliveriesAsync(string executionId, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, $"{PathOf(executionId)}/deliveries"), ClientJson.Default.DeliveryList, cancellationToken);

    /// <summary>Tries a delivery again, whatever came of it.</summary>
    public Task<Delivery> RedeliverAsync(string deliveryId, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Post, $"api/deliveries/{Uri.EscapeDataString(deliveryId)}/redeliver"), ClientJson.Default.Delivery, cancellationToken);

    private Task<ProblemCheck> CheckAsync(HttpMethod method, string id, int? version, TimeSpan wait, CancellationToken cancellationToken)
    {
        string path = new Query($"{ProblemPath(id)}/check").With("version", version).With("wait", wait > TimeSpan.Zero ? wait.TotalSeconds.ToString(CultureInfo.InvariantCulture) : null).ToString();
        return SendAsync(() => new(method, path), ClientJson.Default.ProblemCheck, cancellationToken);
    }

    private static string ProblemPath(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return $"{Problems}/{Uri.EscapeDataString(id)}";
    }

    private static HttpRequestMessage WithBody(HttpMethod method, string path, byte[] body, string type) => WithBody(method, path, new MemoryStream(body, writable: false), type);

    private static HttpRequestMessage WithBody(HttpMethod method, string path, Stream body, string type)
    {
        HttpRequestMessage message = new(method, path) { Content = new StreamContent(body) };
        message.Content.Headers.ContentType = new(type);
        return message;
    }

    private static byte[] Bytes<T>(T value, JsonTypeInfo<T> type) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value, type);
}
