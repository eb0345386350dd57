using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CodeExec.Api.Access;

/// <summary>Reads a JSON web key set. Keys for other purposes or algorithms are passed over, as the standard asks.</summary>
internal static class JwksParser
{
    /// <exception cref="FormatException">It is not a key set, or none of its keys is of use.</exception>
    public static IReadOnlyList<JwtKey> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new() { MaxDepth = 16 });
            List<JwtKey> keys = [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(Read).OfType<JwtKey>()];
            return keys.Count > 0 ? keys : throw new FormatException("The key set has no key for HS256, RS256 or ES256.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            throw new FormatException("This is not a JSON web key set.", e);
        }
    }

    private static JwtKey? Read(JsonElement key)
    {
        if (Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        string? kid = Text(key, "kid");
        return (Text(key, "kty"), Text(key, "alg")) switch
        {
            ("RSA", null or "RS256") => JwtKey.Rsa(kid, new() { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") }),
            ("EC", null or "ES256") when Text(key, "crv") == "P-256"
                => JwtKey.Ec(kid, new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") } }),
            ("oct", null or "HS256") => JwtKey.Hmac(kid, Bytes(key, "k")),
            _ => null,
        };
    }

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(Text(key, name));
}
