using CodeExec.Core.Storage;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Blobs;

/// <summary>Keeps a small blob in memory until its commit, and puts a larger one into a file as it comes.</summary>
/// <param name="put">Commits the row.</param>
internal sealed class LocalBlobWriter(BlobFiles files, Func<BlobContent, CancellationToken, Task> put) : IBlobWriter
{
    /// <summary>Up to here a row in a commit that is shared is cheaper than a file with two fsyncs of its own.</summary>
    public const int LargestRow = 32 * 1024;

    private readonly MemoryStream _small = new();
    private string? _name;
    private FileStream? _file;
    private long _size;
    private bool _kept;

    public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_kept, this);
        if (_file is null && _size + content.Length > LargestRow)
        {
            (_name, _file) = files.Create();
            await _file.WriteAsync(_small.GetBuffer().AsMemory(0, (int)_small.Length), cancellationToken);
        }
        _size += content.Length;
        if (_file is null)
        {
            _small.Write(content.Span);
        }
        else
        {
            await _file.WriteAsync(content, cancellationToken);
        }
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_kept, this);
        if (_file is not null)
        {
            await Task.Run(() => files.Flush(_name!, _file), cancellationToken);
        }
        try
        {
            await put(new BlobContent(_size, _name, _file is null ? _small.ToArray() : null), cancellationToken);
            _kept = true;
        }
        catch (StoreUnavailableException)
        {
            _kept = true; // the row may stand all the same: a file without one goes at the next start, a row without its file would be a loss
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _small.DisposeAsync();
        if (_file is not null)
        {
            await _file.DisposeAsync();
            if (!_kept)
            {
                _kept = true;
                files.Delete(_name!);
            }
        }
    }
}
