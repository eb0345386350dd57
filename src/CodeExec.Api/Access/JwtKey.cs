using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CodeExec.Api.Access;

/// <summary>One key that tokens may be signed with, and the only algorithm it is good for: a public key is never taken for an HMAC secret.</summary>
internal abstract class JwtKey(string? kid, string algorithm)
{
    private const int ShortestSecret = 32, ShortestRsa = 2048, P256 = 256;

    public string? Kid { get; } = kid;

    public string Algorithm { get; } = algorithm;

    public abstract bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);

    public static bool TryCreate(JwtKeyOptions options, [NotNullWhen(true)] out JwtKey? key, [NotNullWhen(false)] out string? reason)
    {
        (key, reason) = (null, null);
        switch (options.Algorithm)
        {
            case "HS256":
                key = options.Secret is { } secret ? Hmac(options.Kid, Encoding.UTF8.GetBytes(secret)) : null;
                reason = key is null ? $"HS256 needs a Secret of {ShortestSecret} bytes or more." : null;
                break;
            case "RS256" or "ES256":
                key = FromPem(options);
                reason = key is null ? $"{options.Algorithm} needs a PublicKey in PEM ({(options.Algorithm == "RS256" ? "RSA, 2048 bits or more" : "elliptic curve P-256")})." : null;
                break;
            default:
                reason = "Algorithm is HS256, RS256 or ES256.";
                break;
        }

        return key is not null;
    }

    public static JwtKey? Hmac(string? kid, byte[] secret) => secret.Length >= ShortestSecret ? new HmacKey(kid, secret) : null;

    public static JwtKey? Rsa(string? kid, RSAParameters parameters)
    {
        using RSA rsa = RSA.Create(parameters);
        return rsa.KeySize >= ShortestRsa ? new RsaKey(kid, parameters) : null;
    }

    public static JwtKey? Ec(string? kid, ECParameters parameters)
    {
        using ECDsa ec = ECDsa.Create(parameters);
        return ec.KeySize == P256 ? new EcKey(kid, parameters) : null;
    }

    private static JwtKey? FromPem(JwtKeyOptions options)
    {
        try
        {
            if (options.Algorithm == "RS256")
            {
                using RSA rsa = RSA.Create();
                rsa.ImportFromPem(options.PublicKey);
                return Rsa(options.Kid, rsa.ExportParameters(includePrivateParameters: false));
            }

            using ECDsa ec = ECDsa.Create();
            ec.ImportFromPem(options.PublicKey);
            return Ec(options.Kid, ec.ExportParameters(includePrivateParameters: false));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null; // the caller says what a key must be
        }
    }

    private sealed class HmacKey(string? kid, byte[] secret) : JwtKey(kid, "HS256")
    {
        public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
            => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, signed), signature);
    }

    private sealed class RsaKey(string? kid, RSAParameters parameters) : JwtKey(kid, "RS256")
    {
        public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
        {
            using RSA rsa = RSA.Create(parameters);
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    private sealed class EcKey(string? kid, ECParameters parameters) : JwtKey(kid, "ES256")
    {
        public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
        {
            using ECDsa ec = ECDsa.Create(parameters);
            return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
