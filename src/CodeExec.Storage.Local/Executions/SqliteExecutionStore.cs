using System.Runtime.CompilerServices;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Progress;

namespace CodeExec.Storage.Local.Executions;

/// <summary>Executions in SQLite. Every write shares its fsync with whatever else waits for the writer.</summary>
public sealed class SqliteExecutionStore : IExecutionStore, IDisposable
{
    private const int ConcurrentMetrics = 2; // each reads all that ended in its period
    private const int PageOfIds = 500;

    private readonly SqliteDatabase _database;
    private readonly RecentRecords _recent = new(unfinished: 20_000, ended: 256);
    private readonly SemaphoreSlim _metrics = new(ConcurrentMetrics);
    private readonly NotedRecords _noted;

    private SqliteExecutionStore(SqliteDatabase database, TimeProvider clock)
    {
        _database = database;
        _noted = new(database, clock);
    }

    public static async Task<SqliteExecutionStore> OpenAsync(SqliteDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(clock);
        await LocalTables.PrepareAsync(database, cancellationToken);
        return new(database, clock);
    }

    public async Task<CreateOutcome> CreateAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ExecutionCreation creation = BeginCreate(record, spec, key);
        await _database.WriteAsync(creation.Write, cancellationToken);
        return EndCreate(creation);
    }

    /// <summary>For who writes it himself, with something else in the same commit; then <see cref="EndCreate"/>.</summary>
    public static ExecutionCreation BeginCreate(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        return new(record, spec, key);
    }

    /// <summary>What became of it, once the commit is done.</summary>
    public CreateOutcome EndCreate(ExecutionCreation creation)
    {
        ArgumentNullException.ThrowIfNull(creation);
        CreateOutcome outcome = creation.Outcome();
        if (outcome is CreateOutcome.Created created)
        {
            _recent.Put(created.Record);
        }
        return outcome;
    }

    /// <summary>What an earlier execution with the same key makes of this one; null if there is none.</summary>
    public CreateOutcome? FindEarlier(ExecutionCreation creation)
    {
        ArgumentNullException.ThrowIfNull(creation);
        return _database.Read(creation.IsKeyFree) ? null : creation.Outcome();
    }

    public Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (_recent.TryFind(id, out ExecutionRecord? recent))
        {
            return Task.FromResult(recent);
        }
        byte[]? json = _database.Read(context => ExecutionRows.Find(context, id));
        return Task.FromResult(json is null ? null : ExecutionRows.RecordOf(json));
    }

    public Task<ExecutionSpec?> FindSpecAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        byte[]? json = _database.Read(context => ExecutionRows.FindSpec(context, id));
        return Task.FromResult(json is null ? null : JsonSerializer.Deserialize(json, StoredJson.Default.ExecutionSpec));
    }

    public async Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, CancellationToken cancellationToken)
        => await TryUpdateAsync(changed, write => _database.WriteAsync(write, cancellationToken));

    public ValueTask<ExecutionRecord?> TryNoteAsync(ExecutionRecord changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (!_recent.TryNote(changed))
        {
            return new((ExecutionRecord?)null);
        }
        _noted.Add(changed);
        return new(changed);
    }

    public async Task<ExecutionRecord?> TryEndAsync(ExecutionRecord ended, ILogWriter feed, IReadOnlyList<LogEntry> last, CancellationToken cancellationToken)
    {
        ExecutionRecord? written = null;
        bool? done = feed is not LocalLogWriter local ? null : await local.TryEndAsync(
            last,
            async row =>
            {
                written = await TryUpdateAsync(ended, write => _database.WriteAsync(context => Both(context, write, row), cancellationToken));
                return written is not null;
            },
            cancellationToken);
        return done is null ? await OneAfterTheOther.TryEndAsync(this, ended, feed, last, cancellationToken) : written;
    }

    public async Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ExecutionListQuery list = new(query);
        await _noted.TryWriteAsync(cancellationToken);
        List<byte[]> rows = await Task.Run(() => _database.Read(list.Run), cancellationToken);
        List<ExecutionRecord> items = [.. rows.Take(query.Limit).Select(ExecutionRows.RecordOf)];
        return new(items, rows.Count > query.Limit ? ExecutionCursor.After(items[^1]).ToText(query) : null);
    }

    public async IAsyncEnumerable<ExecutionId> ListUnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ExecutionId id in await Task.Run(() => _database.Read(ExecutionRows.ListUnfinished), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return id;
        }
    }

    public async IAsyncEnumerable<ExecutionId> ListEndedAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Rows lie in the order of acceptance, so this reads little more than it finds and needs no index of its own.
        long after = 0;
        while (true)
        {
            long from = after;
            List<(long Row, ExecutionId Id, long Created, long? Ended)> page = await Task.Run(() => _database.Read(context => ExecutionRows.ListByAge(context, from, PageOfIds)), cancellationToken);
            foreach ((long row, ExecutionId id, long created, long? ended) in page)
            {
                after = row;
                if (ended < before.UtcTicks)
                {
                    yield return id;
                }
            }
            if (page.Count < PageOfIds || page.TrueForAll(item => item.Created >= before.UtcTicks))
            {
                yield break;
            }
        }
    }

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        _recent.Forget(id); // should the commit fail, nobody knows whether it took effect
        await _database.WriteAsync(context => ExecutionRows.Delete(context, id), cancellationToken);
        _recent.PutDeleted(id);
    }

    public async Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        await _metrics.WaitAsync(cancellationToken);
        try
        {
            ExecutionMetricsQuery query = new(tenant, from, to, cancellationToken);
            return await Task.Run(() => _database.Read(query.Run), cancellationToken);
        }
        finally
        {
            _metrics.Release();
        }
    }

    public async Task<IReadOnlyDictionary<ExecutionStatus, long>> CountByStatusAsync(CancellationToken cancellationToken)
    {
        await _noted.TryWriteAsync(cancellationToken);
        return _database.Read(ExecutionRows.CountByStatus);
    }

    public void Dispose()
    {
        _noted.Dispose();
        _metrics.Dispose();
    }

    private async Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, Func<Func<SqliteWriteContext, bool>, Task<bool>> commit)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ExecutionRecord written = changed with { Revision = changed.Revision + 1 };
        byte[] json = ExecutionRows.JsonOf(written);
        bool done = false;
        try
        {
            done = await commit(context => ExecutionRows.Update(context, written, changed.Revision, json));
        }
        finally
        {
            _noted.Forget(changed.Id);
            if (!done)
            {
                _recent.Forget(changed.Id); // refused, or failed and perhaps written all the same: what counts now is what the database has
            }
        }
        if (!done)
        {
            return null;
        }
        _recent.Put(written);
        return written;
    }

    private static bool Both(SqliteWriteContext context, Func<SqliteWriteContext, bool> record, Action<SqliteWriteContext> feed)
    {
        if (!record(context))
        {
            return false;
        }
        feed(context);
        return true;
    }
}
