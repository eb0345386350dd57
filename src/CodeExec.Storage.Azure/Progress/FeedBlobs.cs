using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>Feeds as append blobs, ID/0000 and on: one blob takes 50,000 blocks, then the next follows.</summary>
internal sealed class FeedBlobs(BlobContainerClient container, int mostBlocks = FeedBlobs.MostBlocks)
{
    public const int BlockBytes = 4 * 1024 * 1024;

    private const int MostBlocks = 49_000; // of 50,000
    private const int PointEvery = 64 * 1024;
    private const int LastLinesBytes = 64 * 1024;

    private readonly FeedPoints _points = new();

    public async Task<FeedEnd> FindEndAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        int part = -1;
        await foreach (BlobItem _ in container.GetBlobsAsync(prefix: PrefixOf(id), cancellationToken: cancellationToken))
        {
            part++;
        }
        if (part < 0)
        {
            return FeedEnd.Empty;
        }
        BlobProperties properties = await BlobOf(id, part).GetPropertiesAsync(cancellationToken: cancellationToken);
        if (properties.ContentLength == 0)
        {
            long before = part == 0 ? 0 : await LastSequenceAsync(id, part - 1, cancellationToken);
            return new(before, part, 0, properties.BlobCommittedBlockCount);
        }
        return new(await LastSequenceAsync(id, part, cancellationToken), part, properties.ContentLength, properties.BlobCommittedBlockCount);
    }

    /// <summary>Appends whole lines, exactly once: the service refuses a block that would not stand where it belongs.</summary>
    /// <exception cref="FeedInUseException">Somebody else appends to this feed.</exception>
    public async Task<FeedEnd> AppendAsync(ExecutionId id, FeedEnd end, byte[] block, long lastSequence, CancellationToken cancellationToken)
    {
        if (end.Blocks >= mostBlocks)
        {
            end = new(end.LastSequence, end.Part + 1, null, 0);
        }
        AppendBlobClient blob = BlobOf(id, end.Part);
        if (end.Length is null)
        {
            await blob.CreateIfNotExistsAsync(new AppendBlobCreateOptions(), cancellationToken);
        }
        long position = end.Length ?? 0;
        try
        {
            AppendBlobAppendBlockOptions options = new() { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position } };
            await blob.AppendBlockAsync(new MemoryStream(block), options, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == AzureFailures.PreconditionFailed)
        {
            if (!await IsThereAsync(blob, position, block, cancellationToken))
            {
                throw new FeedInUseException(id);
            }
            // The block had landed, only its answer had not: the client tried again.
        }
        return new(lastSequence, end.Part, position + block.Length, end.Blocks + 1);
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FeedPoint point = _points.Find(id, after);
        while (await OpenAsync(id, point.Part, point.Offset, cancellationToken) is { } content)
        {
            long noted = point.Offset;
            PipeReader pipe = PipeReader.Create(content);
            await foreach ((LogEntry entry, long length) in LinesAsync(pipe, cancellationToken))
            {
                point = point with { After = entry.Sequence, Offset = point.Offset + length };
                if (point.Offset - noted >= PointEvery)
                {
                    _points.Add(id, point);
                    noted = point.Offset;
                }
                if (entry.Sequence > after)
                {
                    yield return entry;
                }
            }
            _points.Add(id, point);
            point = point with { Part = point.Part + 1, Offset = 0 };
        }
    }

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        await foreach (BlobItem item in container.GetBlobsAsync(prefix: PrefixOf(id), cancellationToken: cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(item.Name, cancellationToken: cancellationToken);
        }
        _points.Forget(id);
    }

    private static string PrefixOf(ExecutionId id) => $"{id}/";

    private static async IAsyncEnumerable<(LogEntry Entry, long Length)> LinesAsync(PipeReader pipe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            ReadResult read;
            do
            {
                read = await pipe.ReadAsync(cancellationToken);
                ReadOnlySequence<byte> rest = read.Buffer;
                while (rest.PositionOf(FeedLine.End) is { } end)
                {
                    ReadOnlySequence<byte> line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    yield return (FeedLine.Read(line), line.Length + 1);
                }
                pipe.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private AppendBlobClient BlobOf(ExecutionId id, int part) => container.GetAppendBlobClient($"{PrefixOf(id)}{part:D4}");

    /// <returns>Null if there is nothing so far: no such blob.</returns>
    private async Task<Stream?> OpenAsync(ExecutionId id, int part, long offset, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadOptions options = offset == 0 ? new() : new() { Range = new HttpRange(offset) };
            BlobDownloadStreamingResult found = await BlobOf(id, part).DownloadStreamingAsync(options, cancellationToken);
            return found.Content;
        }
        catch (RequestFailedException e) when (e.Status == AzureFailures.RangeNotSatisfiable)
        {
            return Stream.Null; // no news in this one; there may be a next
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    private async Task<long> LastSequenceAsync(ExecutionId id, int part, CancellationToken cancellationToken)
    {
        long length = (await BlobOf(id, part).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
        for (long wanted = LastLinesBytes; ; wanted *= 8)
        {
            long from = Math.Max(0, length - wanted);
            BlobDownloadResult tail = await BlobOf(id, part).DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(from) }, cancellationToken);
            ReadOnlyMemory<byte> bytes = tail.Content.ToMemory()[..^1]; // without the last line's end
            int start = bytes.Span.LastIndexOf(FeedLine.End);
            if (start >= 0 || from == 0)
            {
                return FeedLine.Read(new ReadOnlySequence<byte>(bytes[(start + 1)..])).Sequence;
            }
        }
    }

    private static async Task<bool> IsThereAsync(AppendBlobClient blob, long position, byte[] block, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult written = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(position, block.Length) }, cancellationToken);
            return written.Content.ToMemory().Span.SequenceEqual(block);
        }
        catch (RequestFailedException e) when (e.Status is AzureFailures.RangeNotSatisfiable or AzureFailures.NotFound)
        {
            return false;
        }
    }
}
