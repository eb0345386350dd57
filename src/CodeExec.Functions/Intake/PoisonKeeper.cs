using System.Security.Cryptography;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

/// <summary>Keeps messages that were given up where they can be looked at, and says so.</summary>
internal sealed class PoisonKeeper(AzureWorkQueue queue, IBlobStore blobs, ILogger<PoisonKeeper> logger)
{
    /// <summary>Below it, by queue: "intake/poison/…".</summary>
    public static string PrefixOf(string kind) => $"{kind}/poison/";

    public async Task KeepAsync(string kind, BinaryData message, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await queue.ReadBodyAsync(message, cancellationToken) ?? ReadOnlyMemory<byte>.Empty;
        string key = PrefixOf(kind) + Convert.ToHexStringLower(SHA256.HashData(body.Span));
        await blobs.WriteAsync(key, body, cancellationToken);
        logger.GivenUp(key);
        await queue.DropBodyAsync(message, cancellationToken);
    }
}
