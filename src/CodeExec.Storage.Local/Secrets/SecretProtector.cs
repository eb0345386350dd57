using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Secrets;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Secrets;

/// <summary>AES-256-GCM under one key, a random nonce for each secret: "v1." and nonce, tag and ciphertext in base64url.</summary>
public sealed class SecretProtector : ISecretProtector, IDisposable
{
    private const string Prefix = "v1.";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static readonly byte[] Version = "codeexec secret v1"u8.ToArray();

    private readonly Lock _gate = new(); // a cipher serves one caller at a time
    private readonly AesGcm _cipher;

    /// <param name="key">32 bytes.</param>
    public SecretProtector(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, SecretKey.Length);
        _cipher = new AesGcm(key, TagLength);
    }

    /// <exception cref="SecretKeyException">There is no usable key.</exception>
    public static SecretProtector Open(SecretsOptions options, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        byte[] key = string.IsNullOrWhiteSpace(options.Key) ? SecretKey.FromFile(folder.SecretsKeyFile) : SecretKey.FromSetting(options.Key);
        try
        {
            return new(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public string Protect(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        byte[] plain = Encoding.UTF8.GetBytes(secret);
        byte[] sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        lock (_gate)
        {
            _cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Version);
        }
        CryptographicOperations.ZeroMemory(plain);
        return Prefix + Base64Url.EncodeToString(sealedBytes);
    }

    public string Unprotect(string protectedSecret)
    {
        ArgumentNullException.ThrowIfNull(protectedSecret);
        try
        {
            byte[] sealedBytes = Decode(protectedSecret);
            byte[] plain = new byte[sealedBytes.Length - NonceLength - TagLength];
            lock (_gate)
            {
                _cipher.Decrypt(sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), plain, Version);
            }
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new SecretUnreadableException(e);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static byte[] Decode(string protectedSecret)
    {
        byte[] sealedBytes = protectedSecret.StartsWith(Prefix, StringComparison.Ordinal) ? Base64Url.DecodeFromChars(protectedSecret.AsSpan(Prefix.Length)) : [];
        return sealedBytes.Length >= NonceLength + TagLength ? sealedBytes : throw new SecretUnreadableException(null);
    }
}
