using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>The statements that write and find single executions.</summary>
internal static class ExecutionRows
{
    public static byte[] KeyOf(ExecutionId id) => id.Value.ToByteArray(bigEndian: true);

    public static byte[] JsonOf(ExecutionRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Default.ExecutionRecord);

    public static ExecutionRecord RecordOf(byte[] json) => JsonSerializer.Deserialize(json, StoredJson.Default.ExecutionRecord)!;

    public static (string Fingerprint, byte[] Record)? FindKey(SqliteReadContext context, TenantId tenant, string key)
    {
        const string Sql = """
            SELECT k.fingerprint, e.record FROM idempotency_keys k JOIN executions e ON e.id = k.id
            WHERE k.tenant = $tenant AND k.key = $key
            """;
        List<(string, byte[])> found = context.List(Sql, row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), ("$tenant", tenant.Value), ("$key", key));
        return found.Count == 0 ? null : found[0];
    }

    /// <exception cref="ExecutionExistsException">Nothing was written.</exception>
    public static void Insert(SqliteWriteContext context, ExecutionRecord record, byte[] recordJson, byte[] specJson, IdempotencyKey? key)
    {
        const string Sql = """
            INSERT INTO executions(id, tenant, status, language, created, revision, ended, error, duration, cpu, memory, record)
            VALUES($id, $tenant, $status, $language, $created, $revision, $ended, $error, $duration, $cpu, $memory, $record)
            ON CONFLICT(id) DO NOTHING
            """;
        byte[] id = KeyOf(record.Id);
        SqliteStatement insert = context.Command(Sql)
            .Set("$tenant", record.Tenant.Value)
            .Set("$language", record.Language)
            .Set("$created", record.CreatedAt.UtcTicks);
        if (SetChanging(insert, record, id, recordJson).Execute() == 0)
        {
            throw new ExecutionExistsException(record.Id);
        }
        context.Execute("INSERT INTO execution_specs(id, spec) VALUES($id, $spec)", ("$id", id), ("$spec", specJson));
        foreach ((string name, string value) in ExecutionMarks.Of(record))
        {
            context.Execute(
                "INSERT INTO execution_labels(tenant, name, value, created, id) VALUES($tenant, $name, $value, $created, $id)",
                ("$tenant", record.Tenant.Value),
                ("$name", name),
                ("$value", value),
                ("$created", record.CreatedAt.UtcTicks),
                ("$id", id));
        }
        if (key is not null)
        {
            context.Execute(
                "INSERT INTO idempotency_keys(tenant, key, fingerprint, id) VALUES($tenant, $key, $fingerprint, $id)",
                ("$tenant", record.Tenant.Value),
                ("$key", key.Key),
                ("$fingerprint", key.Fingerprint),
                ("$id", id));
        }
    }

    /// <summary>Tenant, language, time of creation and marks of an execution never change.</summary>
    /// <returns>False if the row has another revision, or is gone.</returns>
    public static bool Update(SqliteWriteContext context, ExecutionRecord record, long knownRevision, byte[] recordJson)
    {
        const string Sql = """
            UPDATE executions SET status = $status, revision = $revision, ended = $ended, error = $error,
                duration = $duration, cpu = $cpu, memory = $memory, record = $record
            WHERE id = $id AND revision = $known
            """;
        SqliteStatement update = context.Command(Sql).Set("$known", knownRevision);
        return SetChanging(update, record, KeyOf(record.Id), recordJson).Execute() > 0;
    }

    public static void Delete(SqliteWriteContext context, ExecutionId execution)
    {
        byte[] id = KeyOf(execution);
        context.Execute("DELETE FROM executions WHERE id = $id", ("$id", id));
        context.Execute("DELETE FROM execution_specs WHERE id = $id", ("$id", id));
        context.Execute("DELETE FROM execution_labels WHERE id = $id", ("$id", id));
        context.Execute("DELETE FROM idempotency_keys WHERE id = $id", ("$id", id));
    }

    public static byte[]? Find(SqliteReadContext context, ExecutionId id)
        => (byte[]?)context.Scalar("SELECT record FROM executions WHERE id = $id", ("$id", KeyOf(id)));

    public static byte[]? FindSpec(SqliteReadContext context, ExecutionId id)
        => (byte[]?)context.Scalar("SELECT spec FROM execution_specs WHERE id = $id", ("$id", KeyOf(id)));

    public static List<ExecutionId> ListUnfinished(SqliteReadContext context)
        => context.List(
            "SELECT id FROM executions WHERE status < 3 ORDER BY created, id",
            row => new ExecutionId(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true)));

    /// <summary>A page in the order of acceptance: ids, when they ended, and where the next page begins.</summary>
    public static List<(long Row, ExecutionId Id, long Created, long? Ended)> ListByAge(SqliteReadContext context, long after, int limit)
        => context.List(
            "SELECT rowid, id, created, ended FROM executions WHERE rowid > $after ORDER BY rowid LIMIT $limit",
            row => (row.GetInt64(0), new ExecutionId(new Guid(row.GetFieldValue<byte[]>(1), bigEndian: true)), row.GetInt64(2), row.IsDBNull(3) ? (long?)null : row.GetInt64(3)),
            ("$after", after),
            ("$limit", limit));

    public static IReadOnlyDictionary<ExecutionStatus, long> CountByStatus(SqliteReadContext context)
        => context.List("SELECT status, count FROM execution_counts WHERE count > 0", row => KeyValuePair.Create((ExecutionStatus)row.GetInt32(0), row.GetInt64(1)))
            .ToDictionary();

    private static SqliteStatement SetChanging(SqliteStatement statement, ExecutionRecord record, byte[] id, byte[] json)
    {
        bool ended = record.Status.IsFinal() && record.EndedAt is not null;
        return statement
            .Set("$id", id)
            .Set("$status", (int)record.Status)
            .Set("$revision", record.Revision)
            .Set("$ended", ended ? record.EndedAt!.Value.UtcTicks : null)
            .Set("$error", ExecutionMeasures.EndingOf(record))
            .Set("$duration", ended ? ExecutionMeasures.DurationMs(record) : null)
            .Set("$cpu", ended ? record.Run?.CpuMs : null)
            .Set("$memory", ended ? (double?)record.Run?.MemoryBytes : null)
            .Set("$record", json);
    }
}
