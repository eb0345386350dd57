using System.Runtime.CompilerServices;
using CodeExec.Core.Storage.Documents;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Storage.Local.Documents;

/// <summary>Documents in SQLite: one table for all collections.</summary>
public sealed class SqliteDocumentStore : IDocumentStore
{
    private const string Owner = "documents";

    private const string First = """
        CREATE TABLE documents(
            collection TEXT NOT NULL, partition TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, json BLOB NOT NULL);
        CREATE UNIQUE INDEX documents_id ON documents(collection, partition, id);
        """;

    private const string Columns = "SELECT id, json, revision FROM documents WHERE collection = $collection AND partition = $partition";

    private readonly SqliteDatabase _database;

    private SqliteDocumentStore(SqliteDatabase database) => _database = database;

    public static async Task<SqliteDocumentStore> OpenAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await database.MigrateAsync(Owner, [First], cancellationToken);
        return new(database);
    }

    public Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken)
    {
        DocumentRules.CheckKey(partition);
        return Task.FromResult(_database.Read(context => context.Find(Columns + " AND id = $id", Map, [.. Of(partition), ("$id", id)])));
    }

    public async Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentRules.Check(partition, writes);
        return writes.Count == 0 || await _database.WriteAsync(
            context =>
            {
                // All is looked at before anything is written: nothing has to be undone.
                long?[] stored = [.. writes.Select(write => Revision(context, partition, write.Id))];
                for (int i = 0; i < writes.Count; i++)
                {
                    if (writes[i].Expected is { } expected && expected != (stored[i] ?? 0))
                    {
                        return false;
                    }
                }

                for (int i = 0; i < writes.Count; i++)
                {
                    Write(context, partition, writes[i], stored[i]);
                }

                return true;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        DocumentRules.CheckKey(partition);
        string prefix = range.Prefix ?? "";
        string until = prefix + '\u007f'; // behind every character of a key
        string sql = range.Descending
            ? Columns + " AND id >= $from AND id < $until AND ($after IS NULL OR id < $after) ORDER BY id DESC LIMIT $limit"
            : Columns + " AND id >= $from AND id < $until AND id > $after ORDER BY id LIMIT $limit";
        string? after = range.After ?? (range.Descending ? null : "");
        return await Task.Run(
            () => _database.Read(context => context.List(
                sql, Map, [.. Of(partition), ("$from", prefix), ("$until", until), ("$after", after), ("$limit", range.Limit)])),
            cancellationToken);
    }

    public async IAsyncEnumerable<string> ListPartitionsAsync(string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // From one to the next: how many documents lie in each does not matter.
        string? next = "";
        while ((next = await Task.Run(
            () => _database.Read(context => (string?)context.Scalar(
                "SELECT partition FROM documents WHERE collection = $collection AND partition > $after ORDER BY partition LIMIT 1", ("$collection", collection), ("$after", next))),
            cancellationToken)) is not null)
        {
            yield return next;
        }
    }

    public Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken)
    {
        DocumentRules.CheckKey(partition);
        return _database.WriteAsync(
            context => context.Execute("DELETE FROM documents WHERE collection = $collection AND partition = $partition", Of(partition)),
            cancellationToken);
    }

    private static void Write(SqliteWriteContext context, DocumentPartition partition, DocumentWrite write, long? stored)
    {
        (string, object?)[] key = [.. Of(partition), ("$id", write.Id)];
        if (write.Json is null)
        {
            context.Execute("DELETE FROM documents WHERE collection = $collection AND partition = $partition AND id = $id", key);
        }
        else if (stored is { } revision)
        {
            context.Execute(
                "UPDATE documents SET json = $json, revision = $revision WHERE collection = $collection AND partition = $partition AND id = $id",
                [.. key, ("$json", write.Json), ("$revision", revision + 1)]);
        }
        else
        {
            context.Execute(
                "INSERT INTO documents(collection, partition, id, revision, json) VALUES($collection, $partition, $id, 1, $json)",
                [.. key, ("$json", write.Json)]);
        }
    }

    private static long? Revision(SqliteReadContext context, DocumentPartition partition, string id)
        => (long?)context.Scalar("SELECT revision FROM documents WHERE collection = $collection AND partition = $partition AND id = $id", [.. Of(partition), ("$id", id)]);

    private static (string, object?)[] Of(DocumentPartition partition) => [("$collection", partition.Collection), ("$partition", partition.Key)];

    private static Document Map(SqliteDataReader row) => new(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2));
}
