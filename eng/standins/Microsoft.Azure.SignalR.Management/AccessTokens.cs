using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Microsoft.Azure.SignalR.Management;

/// <summary>Signs what the service asks for: a token for each address, by the account's key; or one of an identity for all of them.</summary>
internal sealed class AccessTokens
{
    private readonly string _key;
    private readonly TokenCredential _credential;

    private AccessTokens(Uri endpoint, string key, TokenCredential credential)
    {
        Endpoint = endpoint;
        _key = key;
        _credential = credential;
    }

    public Uri Endpoint { get; }

    public static AccessTokens Of(ServiceManagerOptions options)
    {
        ServiceEndpoint only = options.ServiceEndpoints is [ServiceEndpoint one, ..] ? one : null;
        if (only?.Credential is { } credential)
        {
            return new(only.Address, null, credential);
        }
        Dictionary<string, string> parts = (only?.ConnectionString ?? options.ConnectionString).Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0].Trim(), part => part[1].Trim(), StringComparer.OrdinalIgnoreCase);
        UriBuilder endpoint = new(parts["Endpoint"]);
        if (parts.TryGetValue("Port", out string port))
        {
            endpoint.Port = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture);
        }
        return new(endpoint.Uri, parts["AccessKey"], null);
    }

    public async Task<string> ForRequestAsync(string audience, CancellationToken cancellationToken)
        => _credential is null
            ? Sign(audience, TimeSpan.FromHours(1), [])
            : (await _credential.GetTokenAsync(new TokenRequestContext(["https://signalr.azure.com/.default"]), cancellationToken)).Token;

    public string ForClient(string audience, TimeSpan lifetime, string userId, IEnumerable<KeyValuePair<string, string>> claims)
    {
        if (_key is null)
        {
            throw new NotSupportedException("This stand-in signs clients' tokens with a key only; the official package asks the service for one.");
        }
        return Sign(audience, lifetime, [.. claims, .. userId is null ? [] : new[] { KeyValuePair.Create("asrs.s.uid", userId) }]);
    }

    private string Sign(string audience, TimeSpan lifetime, IEnumerable<KeyValuePair<string, string>> claims)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Dictionary<string, object> payload = new() { ["nbf"] = now, ["iat"] = now, ["exp"] = now + (long)lifetime.TotalSeconds, ["aud"] = audience };
        foreach ((string name, string value) in claims)
        {
            payload[name] = value;
        }
        string text = Part(new { alg = "HS256", typ = "JWT" }) + "." + Part(payload);
        return text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key), Encoding.UTF8.GetBytes(text)));
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
