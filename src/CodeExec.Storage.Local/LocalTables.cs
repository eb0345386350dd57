using CodeExec.Sqlite;

namespace CodeExec.Storage.Local;

/// <summary>The tables of this project. Steps once released must not change; a change is a new step.</summary>
internal static class LocalTables
{
    private const string Owner = "records";

    // Columns that lists and metrics look at stand beside the record, and before it, so that its pages are not read for them.
    // Times are ticks of UTC; ids are 16 bytes that sort as their text does; statuses below 3 are the unfinished ones.
    private const string First = """
        CREATE TABLE executions(
            id BLOB NOT NULL, tenant TEXT NOT NULL, status INTEGER NOT NULL, language TEXT NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL,
            ended INTEGER, error TEXT, duration REAL, cpu REAL, memory REAL, record BLOB NOT NULL);
        CREATE UNIQUE INDEX executions_id ON executions(id);
        CREATE INDEX executions_newest ON executions(tenant, created, id);
        CREATE INDEX executions_unfinished ON executions(tenant, created, id) WHERE status < 3;
        CREATE INDEX executions_finished ON executions(tenant, status, created, id) WHERE status >= 3;
        CREATE INDEX executions_measured ON executions(tenant, ended, language, status, error, duration, cpu, memory) WHERE ended IS NOT NULL;

        CREATE TABLE execution_specs(id BLOB NOT NULL, spec BLOB NOT NULL);
        CREATE UNIQUE INDEX execution_specs_id ON execution_specs(id);

        CREATE TABLE execution_labels(
            tenant TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL, id BLOB NOT NULL,
            PRIMARY KEY(tenant, name, value, created, id)) WITHOUT ROWID;
        CREATE INDEX execution_labels_id ON execution_labels(id, name, value);

        CREATE TABLE idempotency_keys(
            tenant TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY(tenant, key)) WITHOUT ROWID;
        CREATE INDEX idempotency_keys_id ON idempotency_keys(id);

        CREATE TABLE execution_counts(status INTEGER PRIMARY KEY, count INTEGER NOT NULL);
        CREATE TRIGGER executions_added AFTER INSERT ON executions BEGIN
            INSERT INTO execution_counts(status, count) VALUES(NEW.status, 1) ON CONFLICT(status) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER executions_moved AFTER UPDATE OF status ON executions WHEN OLD.status <> NEW.status BEGIN
            UPDATE execution_counts SET count = count - 1 WHERE status = OLD.status;
            INSERT INTO execution_counts(status, count) VALUES(NEW.status, 1) ON CONFLICT(status) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER executions_deleted AFTER DELETE ON executions BEGIN
            UPDATE execution_counts SET count = count - 1 WHERE status = OLD.status;
        END;

        CREATE TABLE blobs(key TEXT NOT NULL, size INTEGER NOT NULL, written INTEGER NOT NULL, file TEXT, content BLOB);
        CREATE UNIQUE INDEX blobs_key ON blobs(key);
        CREATE INDEX blobs_file ON blobs(file) WHERE file IS NOT NULL;

        CREATE TABLE feeds(id BLOB NOT NULL, entries BLOB NOT NULL);
        CREATE UNIQUE INDEX feeds_id ON feeds(id);

        CREATE TABLE api_keys(
            id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, tenant TEXT NOT NULL, role TEXT NOT NULL,
            created INTEGER NOT NULL, expires INTEGER, revoked INTEGER) WITHOUT ROWID;
        """;

    public static Task PrepareAsync(SqliteDatabase database, CancellationToken cancellationToken) => database.MigrateAsync(Owner, [First], cancellationToken);
}
