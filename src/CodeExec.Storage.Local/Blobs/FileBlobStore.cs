using System.Runtime.CompilerServices;
using CodeExec.Core.Storage;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Blobs;

/// <summary>
/// Blobs on this machine. What a key stands for is a row in the database: small content in the row itself, larger content in a file whose
/// random name the row holds. So a key may be as long as it likes, and a blob appears, changes and goes in one commit.
/// </summary>
public sealed class FileBlobStore : IBlobStore
{
    private const int PageOfKeys = 500;

    private readonly SqliteDatabase _database;
    private readonly BlobFiles _files;
    private readonly TimeProvider _clock;

    private FileBlobStore(SqliteDatabase database, BlobFiles files, TimeProvider clock)
    {
        _database = database;
        _files = files;
        _clock = clock;
    }

    /// <summary>Opens the store and removes files that a crash left without a row.</summary>
    public static async Task<FileBlobStore> OpenAsync(SqliteDatabase database, DataFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(folder);
        await LocalTables.PrepareAsync(database, cancellationToken);
        BlobFiles files = new(folder.Blobs);
        files.DeleteAllExcept(names => database.Read(context => BlobRows.FilesBetween(context, names)));
        return new(database, files, clock);
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
        return Task.FromResult<IBlobWriter>(new LocalBlobWriter(_files, (content, token) => PutAsync(key, content, token)));
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        string? missing = null;
        while (_database.Read(context => BlobRows.Find(context, key)) is { } row)
        {
            if (row.File is null)
            {
                return Task.FromResult<Stream?>(new MemoryStream(row.Bytes!, writable: false));
            }
            if (_files.TryOpen(row.File) is { } stream)
            {
                return Task.FromResult<Stream?>(stream);
            }
            if (row.File == missing)
            {
                throw new IOException($"The file '{row.File}' of the blob '{key}' is missing from the data folder. Restore the folder from a backup.");
            }
            missing = row.File; // replaced between the two looks, or really missing: look again
        }
        return Task.FromResult<Stream?>(null);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobKey.RequirePrefix(prefix);
        string after = prefix;
        List<BlobInfo> page;
        do
        {
            string from = after;
            page = await Task.Run(() => _database.Read(context => BlobRows.List(context, from, EndOf(prefix), PageOfKeys)), cancellationToken);
            foreach (BlobInfo info in page)
            {
                yield return info;
                after = info.Key;
            }
        }
        while (page.Count == PageOfKeys);
    }

    public async Task DeleteAsync(string keyOrPrefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyOrPrefix);
        List<string> files;
        if (keyOrPrefix.EndsWith('/'))
        {
            BlobKey.RequirePrefix(keyOrPrefix);
            files = await _database.WriteAsync(context => BlobRows.DeleteBetween(context, keyOrPrefix, EndOf(keyOrPrefix)), cancellationToken);
        }
        else
        {
            BlobKey.Require(keyOrPrefix);
            files = await _database.WriteAsync(context => BlobRows.Delete(context, keyOrPrefix), cancellationToken);
        }
        files.ForEach(_files.Delete);
    }

    /// <summary>The first key that is no longer below a prefix: '0' follows '/'.</summary>
    private static string EndOf(string prefix) => prefix[..^1] + '0';

    private async Task PutAsync(string key, BlobContent content, CancellationToken cancellationToken)
    {
        BlobInfo info = new(key, content.Size, _clock.GetUtcNow());
        List<string> replaced = await _database.WriteAsync(context => BlobRows.Put(context, info, content), cancellationToken);
        replaced.ForEach(_files.Delete);
    }
}
