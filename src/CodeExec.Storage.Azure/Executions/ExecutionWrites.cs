using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>The transactions that write executions. Each counts what it changes; false means that somebody else was faster, and nothing was written.</summary>
internal sealed class ExecutionWrites(TableClient table, LargeValues values, StatusCounts counts)
{
    public async Task<NewExecution> PrepareAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ExecutionPlace place = ExecutionPlace.Of(record);
        TableEntity? bound = key is null ? null : ExecutionRows.Idempotency(place, key);
        TableEntity recordRow = ExecutionRows.Record(record, bound?.RowKey);
        TableEntity specRow = ExecutionRows.Spec(place);
        await values.PutAsync(recordRow, record.Id, Json(record), cancellationToken);
        await values.PutAsync(specRow, record.Id, JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.ExecutionSpec), cancellationToken);
        List<TableEntity> others = [.. ExecutionRows.Marks(record)];
        if (bound is not null)
        {
            others.Add(bound);
        }
        if (ExecutionRows.Ended(record) is { } ended)
        {
            others.Add(ended);
        }
        return new(record, recordRow, specRow, others);
    }

    public async Task<bool> TryInsertAsync(NewExecution made, CancellationToken cancellationToken)
    {
        using CountRow count = await counts.TakeAsync(made.Record.Tenant, cancellationToken);
        return await TrySubmitAsync(
            [
                .. new[] { made.RecordRow, made.SpecRow }.Concat(made.OtherRows).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                count.Add(made.Record.Status, 1).ToAction(),
            ],
            made.RecordRow,
            cancellationToken);
    }

    /// <summary>Forgets what <see cref="PrepareAsync"/> put beside the rows of one that is not stored after all.</summary>
    public async Task DropAsync(NewExecution made, CancellationToken cancellationToken)
    {
        await values.DropAsync(LargeValues.BlobOf(made.RecordRow), cancellationToken);
        await values.DropAsync(LargeValues.BlobOf(made.SpecRow), cancellationToken);
    }

    /// <param name="known">The row as it was read; it must not have changed since.</param>
    public async Task<bool> TryUpdateAsync(ExecutionRecord record, TableEntity known, CancellationToken cancellationToken)
    {
        TableEntity row = ExecutionRows.Record(record, known.GetString("Idempotency"));
        await values.PutAsync(row, record.Id, Json(record), cancellationToken);
        // Where no answer comes nobody knows which of the two values is in use: both stay.
        bool written = await TryReplaceAsync(record, row, known, cancellationToken);
        await values.DropAsync(LargeValues.BlobOf(written ? known : row), cancellationToken);
        return written;
    }

    public async Task<bool> TryDeleteAsync(ExecutionRecord record, TableEntity known, CancellationToken cancellationToken)
    {
        ExecutionPlace place = ExecutionPlace.Of(record);
        TableEntity? spec = await table.FindAsync(place.Partition, TableKeys.Spec(record.Id), LargeValues.Columns, cancellationToken);
        List<TableTransactionAction> actions = [new(TableTransactionActionType.Delete, known, known.ETag)];
        List<TableEntity> others = [ExecutionRows.Spec(place), .. ExecutionRows.Marks(record)];
        if (known.GetString("Idempotency") is { } bound)
        {
            others.Add(new(place.Partition, bound));
        }
        if (ExecutionRows.Ended(record) is { } ended)
        {
            others.Add(ended);
        }
        actions.AddRange(others.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)));
        using (CountRow count = await counts.TakeAsync(record.Tenant, cancellationToken))
        {
            actions.Add(count.Add(record.Status, -1).ToAction());
            if (!await TrySubmitAsync(actions, null, cancellationToken))
            {
                return false;
            }
        }
        await values.DropAsync(LargeValues.BlobOf(known), cancellationToken);
        await values.DropAsync(spec is null ? null : LargeValues.BlobOf(spec), cancellationToken);
        return true;
    }

    private static byte[] Json(ExecutionRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Default.ExecutionRecord);

    private async Task<bool> TryReplaceAsync(ExecutionRecord record, TableEntity row, TableEntity known, CancellationToken cancellationToken)
    {
        ExecutionStatus before = (ExecutionStatus)known.GetInt32("Status")!.Value;
        TableEntity? ended = ExecutionRows.Ended(record);
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, row, known.ETag)];
        if (ended is not null)
        {
            actions.Add(new(TableTransactionActionType.UpsertReplace, ended));
        }
        if (before == record.Status)
        {
            return await TrySubmitAsync(actions, row, cancellationToken);
        }
        using CountRow count = await counts.TakeAsync(record.Tenant, cancellationToken);
        actions.Add(count.Add(before, -1).Add(record.Status, 1).ToAction());
        return await TrySubmitAsync(actions, row, cancellationToken);
    }

    /// <param name="mine">The row by which it is known whose write took effect: the client tries again when an answer is lost, and is then told that it came too late.</param>
    private async Task<bool> TrySubmitAsync(IEnumerable<TableTransactionAction> actions, TableEntity? mine, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.IsLostRace())
        {
            return mine is not null
                && await table.FindAsync(mine.PartitionKey, mine.RowKey, [ExecutionRows.Write], cancellationToken) is { } stored
                && stored.GetString(ExecutionRows.Write) == mine.GetString(ExecutionRows.Write);
        }
    }
}
