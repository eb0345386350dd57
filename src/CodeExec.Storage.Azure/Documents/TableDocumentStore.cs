using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Documents;

/// <summary>Documents in a table: a partition there is a partition here, so that several are written as one transaction.</summary>
public sealed class TableDocumentStore : IDocumentStore
{
    /// <summary>A property holds 64 KB; a document takes as many as it needs.</summary>
    private const int Piece = 60 * 1024;

    private const char Parting = '|';

    private const string Revision = "Revision", Pieces = "Pieces";

    private readonly TableClient _table;

    private TableDocumentStore(TableClient table) => _table = table;

    public static async Task<TableDocumentStore> OpenAsync(AzureAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        TableClient table = account.Table("Documents");
        await table.CreateIfNotExistsAsync(cancellationToken);
        return new(table);
    }

    public async Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken)
        => await _table.FindAsync(KeyOf(partition), id, null, cancellationToken) is { } row ? DocumentOf(row) : null;

    public async Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentRules.Check(partition, writes);
        string key = KeyOf(partition);
        while (true)
        {
            List<TableTransactionAction> actions = [];
            foreach (DocumentWrite write in writes)
            {
                TableEntity? stored = await _table.FindAsync(key, write.Id, [Revision], cancellationToken);
                if (write.Expected is { } expected && expected != (stored?.GetInt64(Revision) ?? 0))
                {
                    return false;
                }

                if (ActionOf(key, write, stored) is { } action)
                {
                    actions.Add(action);
                }
            }

            try
            {
                if (actions.Count > 0)
                {
                    await _table.SubmitTransactionAsync(actions, cancellationToken);
                }

                return true;
            }
            catch (RequestFailedException e) when (e.IsLostRace())
            {
                // The client tries again when an answer is lost, and is then told that it came too late.
                if (await HasTakenEffectAsync(actions, cancellationToken))
                {
                    return true;
                }

                // One of them has changed since it was read: read again, and decide anew.
            }
        }
    }

    public async Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        string key = KeyOf(partition), prefix = range.Prefix ?? "", until = prefix + '\u007f'; // behind every character of a key
        string from = range.After is { } after && !range.Descending && string.CompareOrdinal(after, prefix) >= 0 ? after + '\u0020' : prefix;
        string before = range.After is { } end && range.Descending && string.CompareOrdinal(end, until) < 0 ? end : until;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {from} and RowKey lt {before}");
        Queue<Document> page = new();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            page.Enqueue(DocumentOf(row));
            if (page.Count > range.Limit)
            {
                _ = range.Descending ? page.Dequeue() : null; // a table reads forwards only: the last of them are kept
            }

            if (!range.Descending && page.Count == range.Limit)
            {
                break;
            }
        }

        return range.Descending ? [.. page.Reverse()] : [.. page];
    }

    public async IAsyncEnumerable<string> ListPartitionsAsync(string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // From one to the next: how many documents lie in each does not matter.
        string prefix = collection + Parting, after = prefix, behind = collection + (char)(Parting + 1);
        while (true)
        {
            string filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {behind}");
            TableEntity? next = await _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                yield break;
            }

            yield return next.PartitionKey[prefix.Length..];
            after = next.PartitionKey;
        }
    }

    public async Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken)
    {
        string key = KeyOf(partition);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        List<string> rows = await _table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).Select(row => row.RowKey).ToListAsync(cancellationToken);
        foreach (string row in rows)
        {
            await _table.DeleteQuietlyAsync(key, row, cancellationToken);
        }
    }

    private async Task<bool> HasTakenEffectAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
        => actions.Select(action => action.Entity).OfType<TableEntity>().FirstOrDefault(row => row.ContainsKey(Revision)) is { } mine
            && (await _table.FindAsync(mine.PartitionKey, mine.RowKey, [Revision], cancellationToken))?.GetInt64(Revision) == mine.GetInt64(Revision);

    private static TableTransactionAction? ActionOf(string key, DocumentWrite write, TableEntity? stored)
    {
        if (write.Json is not { } json)
        {
            return stored is null ? null : new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key, write.Id), stored.ETag);
        }

        // Any number that was not there before: what counts is that a changed document has another one.
        TableEntity row = new(key, write.Id) { [Revision] = Random.Shared.NextInt64(1, long.MaxValue), [Pieces] = (json.Length + Piece - 1) / Piece };
        for (int i = 0; i * Piece < json.Length; i++)
        {
            row[$"Json{i}"] = json[(i * Piece)..Math.Min(json.Length, (i + 1) * Piece)];
        }

        return stored is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, stored.ETag);
    }

    private static Document DocumentOf(TableEntity row)
    {
        byte[] json = [.. Enumerable.Range(0, row.GetInt32(Pieces) ?? 0).SelectMany(i => row.GetBinary($"Json{i}"))];
        return new Document(row.RowKey, json, row.GetInt64(Revision) ?? 0);
    }

    private static string KeyOf(DocumentPartition partition)
    {
        DocumentRules.CheckKey(partition);
        return $"{partition.Collection}{Parting}{partition.Key}";
    }
}
