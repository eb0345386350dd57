using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>The keys that tokens may be signed with: those of the settings, of a file, and of an address that is asked now and then.</summary>
internal sealed class JwtKeys(IOptions<AuthOptions> options, IHttpClientFactory http, TimeProvider clock, ILogger<JwtKeys> logger) : IDisposable
{
    public const string HttpClientName = "codeexec-jwks";

    private const int LargestSet = 256 << 10;
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10), AskAgainAfter = TimeSpan.FromSeconds(30), AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly Lazy<List<JwtKey>> _own = new(() => ReadOwn(options.Value.Jwt));
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Fetched _fetched = new([], DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>The keys a token may have been signed with: those of its kid, or all when it names none.</summary>
    public async ValueTask<IReadOnlyList<JwtKey>> FindAsync(string? kid, string algorithm, CancellationToken cancellationToken)
    {
        List<JwtKey> found = Matching(kid, algorithm);
        if (options.Value.Jwt.JwksUrl is { } url && (_fetched.At + KeepFor < clock.GetUtcNow() || found.Count == 0) && _fetched.TriedAt + AskAgainAfter < clock.GetUtcNow())
        {
            await AskAsync(url, cancellationToken);
            found = Matching(kid, algorithm);
        }

        return found;
    }

    public void Dispose() => _asking.Dispose();

    private List<JwtKey> Matching(string? kid, string algorithm)
        => [.. _own.Value.Concat(_fetched.Keys).Where(key => key.Algorithm == algorithm && (kid is null || key.Kid is null || key.Kid == kid))];

    private async Task AskAsync(Uri url, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_fetched.TriedAt + AskAgainAfter >= now)
            {
                return; // somebody else has just asked
            }

            _fetched = _fetched with { TriedAt = now };
            using CancellationTokenSource deadline = new(AnswerWithin, clock);
            using HttpClient client = http.CreateClient(HttpClientName);
            client.MaxResponseContentBufferSize = LargestSet;
            _fetched = new(JwksParser.Parse(await client.GetByteArrayAsync(url, deadline.Token)), now, now);
        }
        catch (Exception e) when (e is HttpRequestException or FormatException or OperationCanceledException)
        {
            logger.KeySetUnreadable(e, url); // the keys known so far stay good
        }
        finally
        {
            _asking.Release();
        }
    }

    private static List<JwtKey> ReadOwn(JwtOptions jwt)
    {
        List<JwtKey> keys = [];
        foreach (JwtKeyOptions key in jwt.Keys)
        {
            keys.Add(JwtKey.TryCreate(key, out JwtKey? made, out string? reason) ? made : throw new InvalidOperationException(reason));
        }

        if (jwt.JwksFile is { } file)
        {
            keys.AddRange(JwksParser.Parse(File.ReadAllBytes(file)));
        }

        return keys;
    }

    private sealed record Fetched(IReadOnlyList<JwtKey> Keys, DateTimeOffset At, DateTimeOffset TriedAt);
}
