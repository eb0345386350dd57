using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Secrets;

namespace CodeExec.Contracts.Fakes;

/// <summary>Hides secrets from the eye and notices damage, and protects nothing: for tests only.</summary>
public sealed class PlainSecretProtector : ISecretProtector
{
    private const string Prefix = "plain:";
    private const int Checksum = 8;

    public string Protect(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        return Prefix + Convert.ToHexString([.. SHA256.HashData(bytes)[..Checksum], .. bytes]);
    }

    public string Unprotect(string protectedSecret)
    {
        ArgumentNullException.ThrowIfNull(protectedSecret);
        try
        {
            byte[] bytes = Convert.FromHexString(protectedSecret.StartsWith(Prefix, StringComparison.Ordinal) ? protectedSecret[Prefix.Length..] : "");
            if (bytes.Length >= Checksum && SHA256.HashData(bytes[Checksum..]).AsSpan(0, Checksum).SequenceEqual(bytes.AsSpan(0, Checksum)))
            {
                return Encoding.UTF8.GetString(bytes, Checksum, bytes.Length - Checksum);
            }
        }
        catch (FormatException e)
        {
            throw new SecretUnreadableException(e);
        }
        throw new SecretUnreadableException(null);
    }
}
