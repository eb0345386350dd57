using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CodeExec.Core.Storage;

namespace CodeExec.Contracts.Fakes;

/// <summary>Blobs in memory.</summary>
public sealed class InMemoryBlobStore(TimeProvider clock) : IBlobStore
{
    private readonly ConcurrentDictionary<string, (byte[] Content, DateTimeOffset WrittenAt)> _blobs = new(StringComparer.Ordinal);

    public InMemoryBlobStore() : this(TimeProvider.System)
    {
    }

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        _blobs[key] = (content.ToArray(), clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<IBlobWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        return Task.FromResult<IBlobWriter>(new Writer(this, key));
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        return Task.FromResult<Stream?>(_blobs.TryGetValue(key, out (byte[] Content, DateTimeOffset) blob) ? new MemoryStream(blob.Content, writable: false) : null);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobKey.RequirePrefix(prefix);
        foreach ((string key, (byte[] content, DateTimeOffset writtenAt)) in _blobs.OrderBy(blob => blob.Key, StringComparer.Ordinal))
        {
            await Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new(key, content.Length, writtenAt);
            }
        }
    }

    public Task DeleteAsync(string keyOrPrefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyOrPrefix);
        if (!keyOrPrefix.EndsWith('/'))
        {
            BlobKey.Require(keyOrPrefix);
            _blobs.TryRemove(keyOrPrefix, out _);
            return Task.CompletedTask;
        }
        BlobKey.RequirePrefix(keyOrPrefix);
        foreach (string key in _blobs.Keys.Where(key => key.StartsWith(keyOrPrefix, StringComparison.Ordinal)))
        {
            _blobs.TryRemove(key, out _);
        }
        return Task.CompletedTask;
    }

    private sealed class Writer(InMemoryBlobStore store, string key) : IBlobWriter
    {
        private readonly MemoryStream _written = new();

        public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            _written.Write(content.Span);
            return Task.CompletedTask;
        }

        public Task CommitAsync(CancellationToken cancellationToken) => store.WriteAsync(key, _written.ToArray(), cancellationToken);

        public ValueTask DisposeAsync() => _written.DisposeAsync();
    }
}
