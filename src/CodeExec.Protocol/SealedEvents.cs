using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CodeExec.Protocol;

/// <summary>
/// How events lie where a <see cref="JobLink"/> leads: a line that says how the key is found, then pieces of the runner's lines, each encrypted (AES-256-GCM)
/// under its number, so that none can be read, changed, left out or moved by whoever may read or write there. A key is used for one blob.
/// </summary>
public sealed class SealedEvents(ReadOnlySpan<byte> key) : IDisposable
{
    public const int KeyBytes = 32;
    public const int LongestPiece = 2 << 20;

    /// <summary>What stands before each piece: its length, and what shows that it is genuine.</summary>
    public const int PrefixBytes = LengthBytes + TagBytes;

    private const int LengthBytes = 4;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly AesGcm _cipher = new(key, TagBytes);
    private long _number;

    /// <summary>The length of a piece whose prefix this is.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static int LengthIn(ReadOnlySpan<byte> prefix)
        => BinaryPrimitives.ReadInt32BigEndian(prefix) is var length and > 0 and <= LongestPiece ? length : throw new InvalidDataException("What was sent is not what a sender writes.");

    /// <summary>The next piece, with its prefix.</summary>
    public byte[] Seal(ReadOnlySpan<byte> piece)
    {
        byte[] target = new byte[PrefixBytes + piece.Length];
        BinaryPrimitives.WriteInt32BigEndian(target, piece.Length);
        _cipher.Encrypt(NextNonce(), piece, target.AsSpan(PrefixBytes), target.AsSpan(LengthBytes, TagBytes));
        return target;
    }

    /// <summary>Decrypts the next piece where it stands.</summary>
    /// <exception cref="InvalidDataException">It is not the next one of this key.</exception>
    public void Open(ReadOnlySpan<byte> prefix, Span<byte> piece)
    {
        try
        {
            _cipher.Decrypt(NextNonce(), piece, prefix.Slice(LengthBytes, TagBytes), piece);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidDataException("What was sent is not what a sender wrote.", e);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private byte[] NextNonce()
    {
        byte[] nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(NonceBytes - sizeof(long)), _number++);
        return nonce;
    }
}
