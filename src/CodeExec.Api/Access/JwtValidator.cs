using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Access;
using CodeExec.Core.Attempts;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>
/// Checks JSON web tokens: signature by a known key with that key's own algorithm, issuer, audience, times, tenant and role. Written
/// here because the official packages can not be restored everywhere; see docs/decisions/0007-own-jwt-and-openapi.md.
/// </summary>
internal sealed class JwtValidator(IOptions<AuthOptions> options, JwtKeys keys, TimeProvider clock)
{
    private const int Longest = 8192;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly JwtOptions _jwt = options.Value.Jwt;

    public bool IsOn => _jwt.Issuer is not null;

    /// <returns>Null for a token that is not good, whatever the reason.</returns>
    public async ValueTask<Caller?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        string[] parts = token.Length <= Longest ? token.Split('.') : [];
        if (parts.Length != 3 || !TryDecode(parts[0], out byte[] header) || !TryDecode(parts[1], out byte[] payload) || !TryDecode(parts[2], out byte[] signature))
        {
            return null;
        }

        try
        {
            return await HasGoodSignatureAsync(header, Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length), signature, cancellationToken)
                ? ReadCaller(payload)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null; // not a token, or a claim of another type
        }
    }

    private async ValueTask<bool> HasGoodSignatureAsync(byte[] header, byte[] signed, byte[] signature, CancellationToken cancellationToken)
    {
        using JsonDocument document = JsonDocument.Parse(header, Strict);
        JsonElement root = document.RootElement;
        if (Text(root, "alg") is not ("HS256" or "RS256" or "ES256") || root.TryGetProperty("crit", out _))
        {
            return false; // "none" and all else; or it asks for something that we do not know and must not pass over
        }

        foreach (JwtKey key in await keys.FindAsync(Text(root, "kid"), Text(root, "alg")!, cancellationToken))
        {
            if (key.Verify(signed, signature))
            {
                return true;
            }
        }

        return false;
    }

    private Caller? ReadCaller(byte[] payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload, Strict);
        JsonElement claims = document.RootElement;
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? expires = Time(claims, "exp");
        bool timely = expires + _jwt.ClockSkew > now && !(Time(claims, "nbf") - _jwt.ClockSkew > now) && !(Time(claims, "iat") - _jwt.ClockSkew > now);
        if (!timely || Text(claims, "iss") != _jwt.Issuer || !IsForUs(claims))
        {
            return null;
        }

        string? tenant = Text(claims, _jwt.TenantClaim);
        string? subject = Text(claims, "sub");
        return TenantNames.IsValid(tenant) && RoleNames.TryParse(Text(claims, _jwt.RoleClaim), out Role role) && (role != Role.Student || StudentNames.IsValid(subject))
            ? new(new TenantId(tenant!), role, subject ?? "token") { ExpiresAt = expires + _jwt.ClockSkew }
            : null;
    }

    private bool IsForUs(JsonElement claims)
        => claims.TryGetProperty("aud", out JsonElement audience)
        && (audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == _jwt.Audience)
            : audience.GetString() == _jwt.Audience);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        double seconds = value.GetDouble();
        return seconds is >= 0 and < 253_402_300_799 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new FormatException("Not a time.");
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length == 0 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || text.Length % 4 == 1)
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text; // one spelling only
    }
}
