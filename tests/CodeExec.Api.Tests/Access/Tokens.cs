using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CodeExec.Api.Tests.Access;

/// <summary>Makes JSON web tokens, good and bad.</summary>
internal static class Tokens
{
    public const string Secret = "a-secret-of-at-least-thirty-two-bytes!", Issuer = "https://issuer.example", Audience = "codeexec";

    public static readonly RSA Rsa = RSA.Create(2048);

    public static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static Dictionary<string, object?> Claims(params (string Name, object? Value)[] changes)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Dictionary<string, object?> claims = new()
        {
            ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "somebody", ["exp"] = now + 600, ["nbf"] = now - 10, ["tenant"] = "default", ["role"] = "submitter",
        };
        foreach ((string name, object? value) in changes)
        {
            claims[name] = value;
            if (value is null)
            {
                claims.Remove(name);
            }
        }

        return claims;
    }

    public static string Hs256(object claims, string secret = Secret, string header = """{"alg":"HS256","typ":"JWT"}""")
        => Make(header, claims, signed => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));

    public static string Rs256(object claims, string header = """{"alg":"RS256","kid":"rsa"}""")
        => Make(header, claims, signed => Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Es256(object claims, string header = """{"alg":"ES256","kid":"ec"}""")
        => Make(header, claims, signed => Ec.SignData(signed, HashAlgorithmName.SHA256));

    public static string Make(string header, object claims, Func<byte[], byte[]> sign)
    {
        string payload = claims as string ?? JsonSerializer.Serialize(claims);
        string signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Jwks()
    {
        RSAParameters rsa = Rsa.ExportParameters(false);
        ECParameters ec = Ec.ExportParameters(false);
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = "rsa", use = "sig", n = Encode(rsa.Modulus!), e = Encode(rsa.Exponent!) },
                new { kty = "EC", kid = "ec", crv = "P-256", x = Encode(ec.Q.X!), y = Encode(ec.Q.Y!) },
                new { kty = "RSA", kid = "for-encryption", use = "enc", n = Encode(rsa.Modulus!), e = Encode(rsa.Exponent!) },
                new { kty = "OKP", kid = "unknown", crv = "Ed25519", x = "AAAA" },
            },
        });
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
