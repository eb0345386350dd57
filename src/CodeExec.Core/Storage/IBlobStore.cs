namespace CodeExec.Core.Storage;

/// <summary>Bytes by key. Keys are made by us: lower-case segments parted by '/'; what users name is encoded first (<see cref="BlobKey"/>).</summary>
public interface IBlobStore
{
    /// <summary>Writes or replaces a blob; readers see the old or the new one, never a part. Returns once it is durable.</summary>
    Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Opens a blob for writing piece by piece. It appears when the writer is committed, and never if it is disposed before.</summary>
    Task<IBlobWriter> CreateAsync(string key, CancellationToken cancellationToken);

    /// <returns>Null if there is no such blob.</returns>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys below a prefix that ends with '/'.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes all below a prefix that ends with '/', or the one blob of that key. What is gone already counts as deleted.</summary>
    Task DeleteAsync(string keyOrPrefix, CancellationToken cancellationToken);
}

public interface IBlobWriter : IAsyncDisposable
{
    Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}

public sealed record BlobInfo(string Key, long SizeBytes, DateTimeOffset WrittenAt);
