using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeExec.Containers.Docker.Engine;

/// <summary>Requests to the engine, in an API version that both sides know, with its errors as exceptions.</summary>
internal sealed class DockerTransport : IDisposable
{
    /// <summary>Debian 12 has this one.</summary>
    public static readonly Version Oldest = new(1, 41);

    /// <summary>The newest that was read when this was written; engines speak older ones too.</summary>
    public static readonly Version Newest = new(1, 47);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private Version? _version;

    public DockerTransport(DockerAddress address, TimeSpan timeout, TimeProvider clock)
    {
        Address = address;
        _timeout = timeout;
        _clock = clock;
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = (_, cancellationToken) => address.ConnectAsync(cancellationToken),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://docker"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public DockerAddress Address { get; }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => await ReadAsync(HttpMethod.Get, path, null, type, cancellationToken);

    public async Task<T> PostAsync<T>(string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => await ReadAsync(HttpMethod.Post, path, body, type, cancellationToken);

    /// <summary>For calls that answer nothing, or nothing of interest.</summary>
    public async Task SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage _ = await InTimeAsync(either => RequestAsync(method, path, body, upgrade: false, either), cancellationToken);
    }

    /// <summary>An answer that takes as long as it takes, to be read as it comes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, CancellationToken cancellationToken)
        => await InTimeAsync(either => RequestAsync(method, path, null, upgrade: false, either), cancellationToken);

    /// <summary>The bare connection, both ways, once the engine has agreed to hand it over.</summary>
    public async Task<Stream> UpgradeAsync(string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await InTimeAsync(either => RequestAsync(HttpMethod.Post, path, null, upgrade: true, either), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type)
        => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => await InTimeAsync(
            async either =>
            {
                using HttpResponseMessage response = await RequestAsync(method, path, body, upgrade: false, either);
                await using Stream stream = await response.Content.ReadAsStreamAsync(either);
                return await JsonSerializer.DeserializeAsync(stream, type, either) ?? throw Unavailable("It answered nothing.", null);
            },
            cancellationToken);

    private async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, HttpContent? body, bool upgrade, CancellationToken cancellationToken)
    {
        Version version = _version ??= await NegotiateAsync(cancellationToken);
        using HttpRequestMessage request = new(method, $"/v{version}{path}") { Content = body };
        if (upgrade)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new ProductHeaderValue("tcp"));
        }

        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (upgrade ? response.StatusCode == HttpStatusCode.SwitchingProtocols : response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async Task<Version> NegotiateAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.GetAsync("/_ping", cancellationToken);
        string text = response.Headers.TryGetValues("Api-Version", out IEnumerable<string>? values) ? values.First() : "";
        return !Version.TryParse(text, out Version? theirs) ? throw Unavailable("What answers there is not a Docker engine.", null)
            : theirs < Oldest ? throw Unavailable($"It speaks API {theirs}; {Oldest} (Docker 20.10) is the oldest that will do. Install a newer one.", null)
            : theirs < Newest ? theirs : Newest;
    }

    private static async Task<DockerException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        string message = text;
        try
        {
            message = JsonSerializer.Deserialize(text, DockerJson.Default.EngineError)?.Message ?? text;
        }
        catch (JsonException)
        {
            // Then what it said is all there is to say.
        }

        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => new DockerNotFoundException(message),
            HttpStatusCode.Conflict => new DockerConflictException(message),
            _ => new DockerRefusedException(response.StatusCode, $"Docker refused with {(int)response.StatusCode}: {message.Trim()}"),
        };
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"It did not answer within {_timeout.TotalSeconds:0} s.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or JsonException)
        {
            _version = null; // what comes back may be another engine
            throw Unavailable(e.InnerException?.Message ?? e.Message, e);
        }
    }

    private DockerUnavailableException Unavailable(string reason, Exception? inner)
        => new($"Docker does not answer at {Address.Text}: {reason.TrimEnd('.')}. Start it, or say where it is (Docker:Address or DOCKER_HOST).", inner);
}
