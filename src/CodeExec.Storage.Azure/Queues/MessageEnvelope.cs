using System.Text;
using Azure;
using Azure.Storage.Blobs;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Queues;

/// <summary>
/// What stands in a queue for a body. A message holds 64 KB as it is stored, which is 48 KB before its encoding: a larger body lies in a blob, and the
/// message names it. A small one stands for itself, so that messages of other senders are understood too.
/// </summary>
internal static class MessageEnvelope
{
    private const int MostInAMessage = 48 * 1024;

    private static ReadOnlySpan<byte> Mark => "codeexec-blob:"u8;

    public static async Task<BinaryData> WrapAsync(BlobContainerClient blobs, string queue, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length <= MostInAMessage && !body.Span.StartsWith(Mark))
        {
            return BinaryData.FromBytes(body);
        }
        string name = $"{queue}/{Guid.NewGuid():n}";
        await blobs.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(body), cancellationToken);
        return BinaryData.FromBytes((byte[])[.. Mark, .. Encoding.ASCII.GetBytes(name)]);
    }

    /// <returns>The blob that holds the body; null where the message is the body.</returns>
    public static string? BlobOf(BinaryData message)
    {
        ReadOnlySpan<byte> bytes = message.ToMemory().Span;
        return bytes.StartsWith(Mark) ? Encoding.ASCII.GetString(bytes[Mark.Length..]) : null;
    }

    /// <returns>Null if the body is gone.</returns>
    public static async Task<ReadOnlyMemory<byte>?> UnwrapAsync(BlobContainerClient blobs, BinaryData message, CancellationToken cancellationToken)
    {
        if (BlobOf(message) is not { } blob)
        {
            return message.ToMemory();
        }
        try
        {
            return (await blobs.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }
}
