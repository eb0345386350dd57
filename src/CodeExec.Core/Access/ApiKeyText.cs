using System.Security.Cryptography;
using System.Text;

namespace CodeExec.Core.Access;

/// <summary>
/// A key as its owner holds it: <c>cex_ID_SECRETCHECKSUM</c>. The id finds it, the secret (256 random bits) proves it, the checksum
/// tells a mistyped key from a wrong one without a look into the store, and the prefix lets scanners find one that was published.
/// </summary>
public static class ApiKeyText
{
    public const string Prefix = "cex_";

    private const int IdLength = 16, SecretLength = 64, ChecksumLength = 8;
    private const int Length = 4 + IdLength + 1 + SecretLength + ChecksumLength;

    /// <summary>A new key. It is not stored anywhere: show it to its owner, keep <see cref="Hash"/>.</summary>
    public static (string Id, string Key) Create()
    {
        string id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        string body = $"{Prefix}{id}_{RandomNumberGenerator.GetHexString(SecretLength, lowercase: true)}";
        return (id, body + Checksum(body));
    }

    /// <returns>False for what was not made by <see cref="Create"/>, or was cut or mistyped since.</returns>
    public static bool TryParse(string? key, out string id)
    {
        id = "";
        if (key is not { Length: Length } || !key.StartsWith(Prefix, StringComparison.Ordinal) || key[Prefix.Length + IdLength] != '_')
        {
            return false;
        }

        string body = key[..^ChecksumLength];
        if (!key.AsSpan(body.Length).SequenceEqual(Checksum(body)))
        {
            return false;
        }

        id = key.Substring(Prefix.Length, IdLength);
        return true;
    }

    /// <summary>What is stored in place of a key. A fast hash is right for random keys.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Compares two hashes in a time that does not tell where they differ.</summary>
    public static bool SameHash(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one.ToLowerInvariant()), Encoding.ASCII.GetBytes(other.ToLowerInvariant()));
    }

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)).AsSpan(0, ChecksumLength / 2));
}
