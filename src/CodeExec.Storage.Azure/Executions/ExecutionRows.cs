using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>The rows of one execution, all in its tenant's partition, so that they change in one transaction.</summary>
internal static class ExecutionRows
{
    /// <summary>What must be known of a record to write it anew.</summary>
    /// <summary>Of the write that a row's content is from.</summary>
    public const string Write = "Write";

    public static readonly string[] ForWriting = ["PartitionKey", "RowKey", "Revision", "Status", "Idempotency", "Blob"];

    /// <summary>The record; its value is put in by <see cref="LargeValues"/>.</summary>
    public static TableEntity Record(ExecutionRecord record, string? idempotencyKey)
    {
        ExecutionPlace place = ExecutionPlace.Of(record);
        TableEntity row = new(place.Partition, place.RecordKey)
        {
            ["Id"] = record.Id.ToString(),
            ["Status"] = (int)record.Status,
            ["Language"] = record.Language,
            ["Revision"] = record.Revision,
            [Write] = Guid.NewGuid().ToString("n"),
        };
        if (idempotencyKey is not null)
        {
            row["Idempotency"] = idempotencyKey;
        }
        return row;
    }

    public static TableEntity Spec(ExecutionPlace place) => new(place.Partition, TableKeys.Spec(place.Id));

    public static TableEntity Idempotency(ExecutionPlace place, IdempotencyKey key)
        => new(place.Partition, TableKeys.Idempotency(key.Key)) { ["Fingerprint"] = key.Fingerprint, ["Record"] = place.RecordKey };

    public static IEnumerable<TableEntity> Marks(ExecutionRecord record)
    {
        ExecutionPlace place = ExecutionPlace.Of(record);
        return ExecutionMarks.Of(record).Select(mark => new TableEntity(place.Partition, TableKeys.Label(mark.Key, mark.Value, place.CreatedTicks, record.Id)) { ["Record"] = place.RecordKey });
    }

    /// <summary>What metrics count, in the order of the ends; null while it has not ended.</summary>
    public static TableEntity? Ended(ExecutionRecord record)
    {
        if (record.EndedAt is not { } ended)
        {
            return null;
        }
        TableEntity row = new(TableKeys.Partition(record.Tenant), TableKeys.Ended(ended.UtcTicks, record.Id))
        {
            ["Language"] = record.Language,
            ["Status"] = (int)record.Status,
            ["Duration"] = ExecutionMeasures.DurationMs(record) ?? 0,
        };
        if (ExecutionMeasures.EndingOf(record) is { } error)
        {
            row["Error"] = error;
        }
        if (record.Run is { } run)
        {
            row["Cpu"] = run.CpuMs;
            row["Memory"] = (double)run.MemoryBytes;
        }
        return row;
    }
}
