using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Progress;

/// <summary>Keeps one feed in its row and its file. For one caller at a time.</summary>
internal sealed class FeedKeeper(ExecutionId id, FeedStorage storage) : IDisposable
{
    private FeedFile? _file;

    /// <summary>The last entry that is on the disk.</summary>
    public long Durable { get; private set; }

    /// <summary>Looks at what is stored, and cuts off what a crash left half written.</summary>
    /// <returns>All entries if they are a row and nothing more; else the sequence of the last one.</returns>
    public (List<LogEntry> Whole, long Last) Load()
    {
        List<LogEntry> row = storage.ReadRow(id);
        _file = FeedFile.TryOpen(storage.FileOf(id));
        Durable = row.Count;
        return _file is null ? (row, row.Count) : ([], Math.Max(row.Count, _file.Last));
    }

    /// <summary>All of a short feed becomes a row; durable when it returns.</summary>
    public async Task WriteRowAsync(LogEntry[] all, CancellationToken cancellationToken)
    {
        await storage.WriteAsync(Row(all), cancellationToken);
        RowIsWritten(all[^1].Sequence);
    }

    /// <summary>The same as work for a commit that others share; say when it is done.</summary>
    public Action<SqliteWriteContext> Row(IReadOnlyCollection<LogEntry> all) => FeedStorage.Row(id, all);

    public void RowIsWritten(long last)
    {
        Durable = last;
        if (_file is not null)
        {
            _file.Dispose();
            _file = null;
            DurableFiles.Delete(storage.FileOf(id));
        }
    }

    /// <summary>Survives a kill when it returns.</summary>
    public void Append(LogEntry[] following)
    {
        _file ??= FeedFile.Create(storage.FileOf(id));
        _file.Append(FeedLine.Write(following).WrittenSpan, following[^1].Sequence);
    }

    /// <summary>Makes durable what was appended.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_file is { } file)
        {
            await Task.Run(file.Flush, cancellationToken);
            Durable = Math.Max(Durable, file.Last);
        }
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => storage.DeleteAsync(id, cancellationToken);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
