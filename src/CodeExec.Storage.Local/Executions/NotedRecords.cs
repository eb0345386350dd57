using System.Collections.Concurrent;
using CodeExec.Core.Executions;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>
/// Changes that are shown but not written yet. Most are overtaken by the end of their execution and never are; those that are not are
/// written together, a moment later.
/// </summary>
internal sealed class NotedRecords : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase _database;
    private readonly ConcurrentDictionary<ExecutionId, ExecutionRecord> _noted = [];
    private readonly ITimer _timer;
    private int _isSet;

    public NotedRecords(SqliteDatabase database, TimeProvider clock)
    {
        _database = database;
        _timer = clock.CreateTimer(_ => _ = WriteInBackgroundAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(ExecutionRecord record)
    {
        _noted[record.Id] = record;
        SetTimer();
    }

    /// <summary>Something newer was written.</summary>
    public void Forget(ExecutionId id) => _noted.TryRemove(id, out _);

    /// <summary>Writes all; what was noted before this call is durable when it returns.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<ExecutionId, ExecutionRecord>[] noted = [.. _noted];
        if (noted.Length == 0)
        {
            return;
        }
        List<(ExecutionRecord Record, byte[] Json)> rows = [.. noted.Select(item => (item.Value, ExecutionRows.JsonOf(item.Value)))];
        await _database.WriteAsync(context => rows.ForEach(row => ExecutionRows.Update(context, row.Record, row.Record.Revision, row.Json)), cancellationToken);
        foreach (KeyValuePair<ExecutionId, ExecutionRecord> item in noted)
        {
            _noted.TryRemove(item);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void SetTimer()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _timer.Change(Age, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WriteInBackgroundAsync()
    {
        Volatile.Write(ref _isSet, 0);
        try
        {
            await WriteAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            SetTimer(); // whoever waits for the store is told; a note can wait longer
        }
        catch (ObjectDisposedException)
        {
            // The database was closed: a note may be lost, that is what makes it one.
        }
    }
}
