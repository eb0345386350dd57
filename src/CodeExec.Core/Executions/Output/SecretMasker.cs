using System.Buffers;

namespace CodeExec.Core.Executions.Output;

/// <summary>
/// Takes secrets out of a stream of bytes, also where one is cut over two pieces. Holds back only what may be the beginning of a
/// secret. Not thread-safe: one for each stream.
/// </summary>
public sealed class SecretMasker(IReadOnlyCollection<byte[]> secrets)
{
    private static readonly byte[] Mask = "***"u8.ToArray();

    // The longest first: a secret that contains another is masked as a whole.
    private readonly byte[][] _secrets = [.. secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length)];
    private byte[] _held = [];

    /// <summary>What of this piece, and of what was held back before, can be shown now.</summary>
    public ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> piece)
    {
        if (_secrets.Length == 0)
        {
            return piece;
        }

        byte[] all = [.. _held, .. piece.Span];
        ArrayBufferWriter<byte> shown = new(Math.Max(1, all.Length));
        int at = 0;
        while (at < all.Length)
        {
            ReadOnlySpan<byte> rest = all.AsSpan(at);
            if (LengthOfSecretAt(rest) is { } length)
            {
                shown.Write(Mask);
                at += length;
            }
            else if (MayBeginSecret(rest))
            {
                break;
            }
            else
            {
                shown.Write(rest[..1]);
                at++;
            }
        }

        _held = all[at..];
        return shown.WrittenMemory;
    }

    /// <summary>The end of the stream: what was held back was no secret.</summary>
    public ReadOnlyMemory<byte> Flush()
    {
        byte[] rest = _held;
        _held = [];
        return rest;
    }

    private int? LengthOfSecretAt(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] secret in _secrets)
        {
            if (bytes.StartsWith(secret))
            {
                return secret.Length;
            }
        }

        return null;
    }

    private bool MayBeginSecret(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] secret in _secrets)
        {
            if (bytes.Length < secret.Length && secret.AsSpan().StartsWith(bytes))
            {
                return true;
            }
        }

        return false;
    }
}
