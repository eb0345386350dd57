using System.Text.Json;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>Reads records, in the row or beside it.</summary>
internal sealed class RecordReader(TableClient table, LargeValues values, ExecutionPlaces places)
{
    public async Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken)
        => await places.FindAsync(id, cancellationToken) is { } place ? await FindAsync(place.Partition, place.RecordKey, cancellationToken) : null;

    public async Task<ExecutionRecord?> FindAsync(string partition, string recordKey, CancellationToken cancellationToken)
    {
        while (await table.FindAsync(partition, recordKey, LargeValues.Columns, cancellationToken) is { } row)
        {
            if (await ReadAsync(row, cancellationToken) is { } record)
            {
                return record;
            }
        }
        return null;
    }

    public Task<TableEntity?> FindRowAsync(ExecutionPlace place, IEnumerable<string>? columns, CancellationToken cancellationToken)
        => table.FindAsync(place.Partition, place.RecordKey, columns, cancellationToken);

    /// <returns>Null if the record has changed since the row was read: read it again.</returns>
    public async Task<ExecutionRecord?> ReadAsync(TableEntity row, CancellationToken cancellationToken)
        => await values.FindAsync(row, cancellationToken) is { } json ? JsonSerializer.Deserialize(json.Span, StoredJson.Default.ExecutionRecord) : null;
}
