using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>One page of a list, newest first: the order of the keys. No clock of any machine decides it.</summary>
internal sealed class ExecutionListQuery
{
    private const int LookUpsAtOnce = 16;

    private readonly ExecutionQuery _query;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _marks;
    private readonly ExecutionCursor? _after;

    /// <exception cref="InvalidCursorException"></exception>
    public ExecutionListQuery(ExecutionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _marks = ExecutionMarks.Of(query);
        _after = ExecutionCursor.Of(query);
    }

    public async Task<ExecutionPage> RunAsync(TableClient table, RecordReader reader, CancellationToken cancellationToken)
    {
        List<ExecutionRecord> items = [];
        IAsyncEnumerable<ExecutionRecord> found = _marks.Count > 0 ? ByMarkAsync(table, reader, cancellationToken) : ByTimeAsync(table, reader, cancellationToken);
        await foreach (ExecutionRecord record in found)
        {
            if (items.Count == _query.Limit)
            {
                return new(items, ExecutionCursor.After(items[^1]).ToText(_query));
            }
            items.Add(record);
        }
        return new(items, null);
    }

    private async IAsyncEnumerable<ExecutionRecord> ByTimeAsync(TableClient table, RecordReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string filter = Range("r-", TableKeys.RecordsFrom);
        if (_query.Status is { } status)
        {
            filter += TableClient.CreateQueryFilter($" and Status eq {(int)status}");
        }
        if (_query.Language is { } language)
        {
            filter += TableClient.CreateQueryFilter($" and Language eq {language}");
        }
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, Math.Min(_query.Limit + 1, 1000), ["PartitionKey", "RowKey", .. LargeValues.Columns], cancellationToken))
        {
            // Its value may have been replaced since the page was read; then it may match no longer.
            ExecutionRecord? record = await reader.ReadAsync(row, cancellationToken) ?? await reader.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
            if (record is not null && Matches(record))
            {
                yield return record;
            }
        }
    }

    private async IAsyncEnumerable<ExecutionRecord> ByMarkAsync(TableClient table, RecordReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string name, string value) = _marks[0];
        string filter = Range(TableKeys.Labels(name, value), ticks => TableKeys.LabelsFrom(name, value, ticks));
        List<string> keys = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            keys.Add(row.GetString("Record"));
            if (keys.Count == LookUpsAtOnce)
            {
                foreach (ExecutionRecord record in await LookUpAsync(reader, keys, cancellationToken))
                {
                    yield return record;
                }
                keys.Clear();
            }
        }
        foreach (ExecutionRecord record in await LookUpAsync(reader, keys, cancellationToken))
        {
            yield return record;
        }
    }

    private async Task<IEnumerable<ExecutionRecord>> LookUpAsync(RecordReader reader, List<string> keys, CancellationToken cancellationToken)
    {
        string partition = TableKeys.Partition(_query.Tenant);
        ExecutionRecord?[] records = await Task.WhenAll(keys.Select(key => reader.FindAsync(partition, key, cancellationToken)));
        return records.OfType<ExecutionRecord>().Where(Matches);
    }

    private bool Matches(ExecutionRecord record)
        => (_query.Status is not { } status || record.Status == status)
            && (_query.Language is not { } language || record.Language == language)
            && (_marks.Count == 0 || !_marks.Except(ExecutionMarks.Of(record)).Any());

    /// <param name="prefix">What all keys begin with.</param>
    /// <param name="from">The first key that is as old as a time.</param>
    private string Range(string prefix, Func<long, string> from)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Partition(_query.Tenant)}");
        filter += _after is { } cursor
            ? TableClient.CreateQueryFilter($" and RowKey gt {prefix + TableKeys.NewestFirst(cursor.CreatedAtTicks, cursor.Id)}")
            : TableClient.CreateQueryFilter($" and RowKey ge {prefix}");
        if (_query.To is { } to)
        {
            filter += TableClient.CreateQueryFilter($" and RowKey ge {from(Math.Max(0, to.UtcTicks - 1))}");
        }
        string last = _query.From is { } oldest ? from(oldest.UtcTicks) : prefix;
        return filter + TableClient.CreateQueryFilter($" and RowKey lt {last + TableKeys.End}");
    }
}
