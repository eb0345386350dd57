using System.Runtime.CompilerServices;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>Executions in SQLite. Every write shares its fsync with whatever else waits for the writer.</summary>
public sealed class SqliteExecutionStore : IExecutionStore, IDisposable
{
    private const int ConcurrentMetrics = 2; // each reads all that ended in its period

    private readonly SqliteDatabase _database;
    private readonly RecentRecords _recent = new(unfinished: 20_000, ended: 256);
    private readonly SemaphoreSlim _metrics = new(ConcurrentMetrics);

    private SqliteExecutionStore(SqliteDatabase database) => _database = database;

    public static async Task<SqliteExecutionStore> OpenAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await LocalTables.PrepareAsync(database, cancellationToken);
        return new(database);
    }

    public async Task<CreateOutcome> CreateAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionRecord created = record with { Revision = 1 };
        byte[] recordJson = JsonSerializer.SerializeToUtf8Bytes(created, StoredJson.Default.ExecutionRecord);
        byte[] specJson = JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.ExecutionSpec);

        (CreateOutcome? outcome, byte[]? existing) = await _database.WriteAsync<(CreateOutcome?, byte[]?)>(
            context =>
            {
                if (key is not null && ExecutionRows.FindKey(context, record.Tenant, key.Key) is { } bound)
                {
                    return bound.Fingerprint == key.Fingerprint ? (null, bound.Record) : (new CreateOutcome.KeyConflict(), null);
                }
                ExecutionRows.Insert(context, created, recordJson, specJson, key);
                return (new CreateOutcome.Created(created), null);
            },
            cancellationToken);

        if (outcome is CreateOutcome.Created)
        {
            _recent.Put(created);
        }
        return outcome ?? new CreateOutcome.Existing(Read(existing!));
    }

    public Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (_recent.TryFind(id, out ExecutionRecord? recent))
        {
            return Task.FromResult(recent);
        }
        byte[]? json = _database.Read(context => ExecutionRows.Find(context, id));
        return Task.FromResult(json is null ? null : Read(json));
    }

    public Task<ExecutionSpec?> FindSpecAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        byte[]? json = _database.Read(context => ExecutionRows.FindSpec(context, id));
        return Task.FromResult(json is null ? null : JsonSerializer.Deserialize(json, StoredJson.Default.ExecutionSpec));
    }

    public async Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ExecutionRecord written = changed with { Revision = changed.Revision + 1 };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(written, StoredJson.Default.ExecutionRecord);
        bool done = false;
        try
        {
            done = await _database.WriteAsync(context => ExecutionRows.Update(context, written, changed.Revision, json), cancellationToken);
        }
        finally
        {
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

    public async Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ExecutionListQuery list = new(query);
        List<byte[]> rows = await Task.Run(() => _database.Read(list.Run), cancellationToken);
        List<ExecutionRecord> items = [.. rows.Take(query.Limit).Select(Read)];
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

    public Task<IReadOnlyDictionary<ExecutionStatus, long>> CountByStatusAsync(CancellationToken cancellationToken)
        => Task.FromResult(_database.Read(ExecutionRows.CountByStatus));

    public void Dispose() => _metrics.Dispose();

    private static ExecutionRecord Read(byte[] json) => JsonSerializer.Deserialize(json, StoredJson.Default.ExecutionRecord)!;
}
