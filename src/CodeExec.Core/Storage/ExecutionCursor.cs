using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Storage;

/// <summary>
/// Where a page of executions ended: the time and id of its last one, which its reader has seen anyway. The checksum covers the tenant,
/// so that a cursor is good for nobody else; it guards against mistakes, not against forgers, who would gain nothing.
/// </summary>
public readonly record struct ExecutionCursor(long CreatedAtTicks, ExecutionId Id)
{
    private const byte Version = 1;
    private const int Payload = 1 + sizeof(long) + 16;
    private const int Checksum = 8;

    public static ExecutionCursor After(ExecutionRecord last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new(last.CreatedAt.UtcTicks, last.Id);
    }

    /// <returns>Null when the query asks for the first page.</returns>
    /// <exception cref="InvalidCursorException">Damaged, or given out to another tenant.</exception>
    public static ExecutionCursor? Of(ExecutionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Cursor is not { } text)
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[Payload + Checksum];
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out int length) != OperationStatus.Done // the Try… form throws on a foreign character
            || length != bytes.Length
            || bytes[0] != Version
            || !bytes[Payload..].SequenceEqual(ChecksumOf(bytes[..Payload], query)))
        {
            throw new InvalidCursorException();
        }
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), new(new Guid(bytes[(1 + sizeof(long))..Payload], bigEndian: true)));
    }

    public string ToText(ExecutionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Span<byte> bytes = stackalloc byte[Payload + Checksum];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], CreatedAtTicks);
        Id.Value.TryWriteBytes(bytes[(1 + sizeof(long))..], bigEndian: true, out _);
        ChecksumOf(bytes[..Payload], query).CopyTo(bytes[Payload..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static byte[] ChecksumOf(ReadOnlySpan<byte> payload, ExecutionQuery query)
        => SHA256.HashData([.. payload, .. Encoding.UTF8.GetBytes(query.Tenant.Value)])[..Checksum];
}
