using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CodeExec.Core.Storage;

namespace CodeExec.Storage.Azure.Blobs;

/// <summary>Collects pieces into blocks. A blob that fits into one is put in one request; of more, nobody sees any before the list of them is committed.</summary>
internal sealed class AzureBlobWriter(BlobContainerClient container, string name, IDictionary<string, string>? metadata) : IBlobWriter
{
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly BlockBlobClient _blob = container.GetBlockBlobClient(name);
    private readonly MemoryStream _block = new();
    private readonly List<string> _staged = [];

    // Of several writers of one blob each has its own blocks; ids of one blob must be of one length.
    private readonly string _writer = Guid.NewGuid().ToString("n");

    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        while (!content.IsEmpty)
        {
            if (_block.Length == BlockBytes)
            {
                await StageAsync(cancellationToken);
            }
            int taken = (int)Math.Min(content.Length, BlockBytes - _block.Length);
            _block.Write(content[..taken].Span);
            content = content[taken..];
        }
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_staged.Count == 0)
        {
            _block.Position = 0;
            await _blob.UploadAsync(_block, new BlobUploadOptions { Metadata = metadata }, cancellationToken);
            return;
        }
        await StageAsync(cancellationToken);
        await _blob.CommitBlockListAsync(_staged, new CommitBlockListOptions { Metadata = metadata }, cancellationToken);
    }

    /// <summary>Blocks that no list names are removed by the service after a week.</summary>
    public ValueTask DisposeAsync() => _block.DisposeAsync();

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        string id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_writer}{_staged.Count:D6}"));
        _block.Position = 0;
        await _blob.StageBlockAsync(id, _block, cancellationToken: cancellationToken);
        _staged.Add(id);
        _block.SetLength(0);
    }
}
