using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>
/// Executions in one table. All rows of an execution stand in its tenant's partition and change in one transaction; see docs/storage.md for the
/// rows, and for what is left when a process ends between two of them.
/// </summary>
public sealed class TableExecutionStore : IExecutionStore
{
    private const int LookUpsAtOnce = 16;

    /// <summary>No create takes so long: what it left by then it will not need.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(1);

    private readonly TableClient _table;
    private readonly LargeValues _values;
    private readonly ExecutionPlaces _places;
    private readonly UnfinishedRows _unfinished;
    private readonly StatusCounts _counts;
    private readonly RecordReader _reader;
    private readonly ExecutionWrites _writes;
    private readonly TimeProvider _clock;

    private TableExecutionStore(TableClient table, LargeValues values, TimeProvider clock)
    {
        _clock = clock;
        _table = table;
        _values = values;
        _places = new(table);
        _unfinished = new(table);
        _counts = new(table);
        _reader = new(table, values, _places);
        _writes = new(table, values, _counts);
    }

    public static async Task<TableExecutionStore> OpenAsync(AzureAccount account, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        TableClient table = account.Table("Executions");
        await table.CreateIfNotExistsAsync(cancellationToken);
        await account.Container("records").CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return new(table, new LargeValues(account.Container("records")), clock);
    }

    public async Task<CreateOutcome> CreateAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        ExecutionRecord created = record with { Revision = 1 };
        ExecutionPlace place = ExecutionPlace.Of(created);
        if (key is not null && await FindBoundAsync(place, key, cancellationToken) is { } bound)
        {
            return bound;
        }
        await ReserveAsync(place, cancellationToken);
        NewExecution made = await _writes.PrepareAsync(created, spec, key, cancellationToken);
        while (!await _writes.TryInsertAsync(made, cancellationToken))
        {
            // Its id or its key is taken, or somebody else counted in the same row.
            if (await _reader.FindRowAsync(place, ExecutionRows.ForWriting, cancellationToken) is not null)
            {
                await _writes.DropAsync(made, cancellationToken);
                throw new ExecutionExistsException(record.Id);
            }
            if (key is not null && await FindBoundAsync(place, key, cancellationToken) is { } faster)
            {
                await _writes.DropAsync(made, cancellationToken);
                await _unfinished.RemoveAsync(place, cancellationToken);
                await _places.RemoveAsync(place.Id, cancellationToken);
                return faster;
            }
        }
        return new CreateOutcome.Created(created);
    }

    public Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken) => _reader.FindAsync(id, cancellationToken);

    public async Task<ExecutionSpec?> FindSpecAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (await _places.FindAsync(id, cancellationToken) is not { } place
            || await _table.FindAsync(place.Partition, TableKeys.Spec(id), LargeValues.Columns, cancellationToken) is not { } row
            || await _values.FindAsync(row, cancellationToken) is not { } json)
        {
            return null; // a spec never changes: where its blob is gone, all of it is
        }
        return JsonSerializer.Deserialize(json.Span, StoredJson.Default.ExecutionSpec);
    }

    public async Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ExecutionPlace place = ExecutionPlace.Of(changed);
        ExecutionRecord written = changed with { Revision = changed.Revision + 1 };
        while (await _reader.FindRowAsync(place, ExecutionRows.ForWriting, cancellationToken) is { } row && row.GetInt64("Revision") == changed.Revision)
        {
            if (!await _writes.TryUpdateAsync(written, row, cancellationToken))
            {
                continue; // changed meanwhile, or somebody else counted in the same row: the row tells which
            }
            if (written.Status.IsFinal())
            {
                await _unfinished.RemoveAsync(place, cancellationToken);
            }
            return written;
        }
        return null;
    }

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
        => new ExecutionListQuery(query).RunAsync(_table, _reader, cancellationToken);

    public async IAsyncEnumerable<ExecutionId> ListUnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ExecutionPlace[] some in (await _unfinished.ListAsync(cancellationToken)).Chunk(LookUpsAtOnce))
        {
            TableEntity?[] rows = await Task.WhenAll(some.Select(place => _reader.FindRowAsync(place, ["Status"], cancellationToken)));
            for (int i = 0; i < some.Length; i++)
            {
                if (rows[i] is not { } row)
                {
                    // It is being made, or its maker did not get further and nobody was told of it.
                    if (some[i].CreatedTicks < (_clock.GetUtcNow() - GivenUpAfter).UtcTicks)
                    {
                        await _unfinished.RemoveAsync(some[i], cancellationToken);
                        await _places.RemoveAsync(some[i].Id, cancellationToken);
                    }
                    continue;
                }
                if (((ExecutionStatus)row.GetInt32("Status")!.Value).IsFinal())
                {
                    await _unfinished.RemoveAsync(some[i], cancellationToken); // who ended it did not get further
                    continue;
                }
                yield return some[i].Id;
            }
        }
    }

    public async IAsyncEnumerable<ExecutionId> ListEndedAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (TenantId tenant in await _counts.ListTenantsAsync(cancellationToken))
        {
            string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey ge {TableKeys.EndedFrom(0)} and RowKey lt {TableKeys.EndedFrom(before.UtcTicks)}");
            await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
            {
                if (ExecutionId.TryParse(row.RowKey[(row.RowKey.LastIndexOf('-') + 1)..], out ExecutionId id))
                {
                    yield return id;
                }
            }
        }
    }

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (await _places.FindAsync(id, cancellationToken) is not { } place)
        {
            return;
        }
        while (await _reader.FindRowAsync(place, null, cancellationToken) is { } row)
        {
            if (await _reader.ReadAsync(row, cancellationToken) is { } record && await _writes.TryDeleteAsync(record, row, cancellationToken))
            {
                break;
            }
        }
        await _unfinished.RemoveAsync(place, cancellationToken);
        await _places.RemoveAsync(id, cancellationToken);
    }

    public Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
        => new ExecutionMetricsQuery(tenant, from, to).RunAsync(_table, cancellationToken);

    public Task<IReadOnlyDictionary<ExecutionStatus, long>> CountByStatusAsync(CancellationToken cancellationToken) => _counts.SumAsync(cancellationToken);

    /// <summary>Makes the execution findable before it is there, so that it is never there and not findable.</summary>
    private async Task ReserveAsync(ExecutionPlace place, CancellationToken cancellationToken)
    {
        Task unfinished = _unfinished.AddAsync(place, cancellationToken);
        ExecutionPlace? earlier = await _places.AddAsync(place, cancellationToken);
        await unfinished;
        if (earlier is not { } other || other == place)
        {
            return;
        }
        if (await _reader.FindRowAsync(other, ["RowKey"], cancellationToken) is not null)
        {
            await _unfinished.RemoveAsync(place, cancellationToken);
            throw new ExecutionExistsException(place.Id);
        }
        await _places.ReplaceAsync(place, cancellationToken);
    }

    private async Task<CreateOutcome?> FindBoundAsync(ExecutionPlace place, IdempotencyKey key, CancellationToken cancellationToken)
    {
        while (await _table.FindAsync(place.Partition, TableKeys.Idempotency(key.Key), null, cancellationToken) is { } bound)
        {
            if (bound.GetString("Fingerprint") != key.Fingerprint)
            {
                return new CreateOutcome.KeyConflict();
            }
            if (await _reader.FindAsync(place.Partition, bound.GetString("Record"), cancellationToken) is { } record)
            {
                return new CreateOutcome.Existing(record);
            }
        }
        return null; // never bound, or deleted with its execution
    }
}
