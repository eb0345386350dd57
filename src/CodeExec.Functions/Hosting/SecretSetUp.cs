using CodeExec.Core.Secrets;
using CodeExec.Storage.Local.Secrets;
using Microsoft.Extensions.Configuration;

namespace CodeExec.Functions.Hosting;

/// <summary>All instances of the app read what any of them has encrypted: the key is a setting (a reference into Key Vault), never a file.</summary>
internal static class SecretSetUp
{
    /// <exception cref="InvalidOperationException">There is no usable key.</exception>
    public static ISecretProtector Open(IConfiguration settings)
    {
        byte[] key = new byte[64];
        return Convert.TryFromBase64String(settings["Secrets:Key"]?.Trim() ?? "", key, out int length) && length == 32
            ? new SecretProtector(key.AsSpan(0, length))
            : throw new InvalidOperationException("The setting Secrets__Key must be 32 random bytes in base64, the same for all instances. Make one with: openssl rand -base64 32");
    }
}
