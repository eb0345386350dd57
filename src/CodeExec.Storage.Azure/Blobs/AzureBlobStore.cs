using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;
using BlobInfo = CodeExec.Core.Storage.BlobInfo;

namespace CodeExec.Storage.Azure.Blobs;

/// <summary>
/// Blobs in a container. Up to 4 MiB a blob is read as a whole when it is opened, so that its reader has the old or the new one; of a
/// larger one that is replaced while it is read, its reader is told by an exception.
/// </summary>
public sealed class AzureBlobStore : IBlobStore
{
    public const string ContainerName = "blobs";

    private const int ReadAtOnce = 4 * 1024 * 1024;
    private const int DeletesAtOnce = 8;

    private readonly BlobContainerClient _container;

    private AzureBlobStore(BlobContainerClient container) => _container = container;

    public static async Task<AzureBlobStore> OpenAsync(AzureAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        BlobContainerClient container = account.Container(ContainerName);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return new(container);
    }

    public async Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using IBlobWriter writer = await CreateAsync(key, cancellationToken);
        await writer.WriteAsync(content, cancellationToken);
        await writer.CommitAsync(cancellationToken);
    }

    public Task<IBlobWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        string name = BlobNames.Of(key);
        return Task.FromResult<IBlobWriter>(new AzureBlobWriter(_container, name, BlobNames.MetadataOf(key, name)));
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        try
        {
            BlobDownloadStreamingResult found = await _container.GetBlobClient(BlobNames.Of(key)).DownloadStreamingAsync(new BlobDownloadOptions(), cancellationToken);
            if (found.Details.ContentLength > ReadAtOnce)
            {
                return found.Content;
            }
            MemoryStream whole = new((int)found.Details.ContentLength);
            await using (found.Content)
            {
                await found.Content.CopyToAsync(whole, cancellationToken);
            }
            whole.Position = 0;
            return whole;
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobKey.RequirePrefix(prefix);
        await foreach (BlobItem item in _container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, BlobNames.Of(prefix), cancellationToken))
        {
            yield return new BlobInfo(BlobNames.KeyOf(item.Name, item.Metadata), item.Properties.ContentLength ?? 0, item.Properties.LastModified ?? default);
        }
    }

    public async Task DeleteAsync(string keyOrPrefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyOrPrefix);
        if (!keyOrPrefix.EndsWith('/'))
        {
            BlobKey.Require(keyOrPrefix);
            await _container.DeleteBlobIfExistsAsync(BlobNames.Of(keyOrPrefix), cancellationToken: cancellationToken);
            return;
        }
        BlobKey.RequirePrefix(keyOrPrefix);
        await Parallel.ForEachAsync(
            _container.GetBlobsAsync(prefix: BlobNames.Of(keyOrPrefix), cancellationToken: cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken },
            async (item, token) => await _container.DeleteBlobIfExistsAsync(item.Name, cancellationToken: token));
    }
}
