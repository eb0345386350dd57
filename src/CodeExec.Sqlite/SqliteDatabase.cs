using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CodeExec.Sqlite;

/// <summary>
/// One SQLite file, safe to use from any thread: writes are durable (fsync) when their task ends and share their fsyncs; reads see a
/// consistent snapshot and never wait for the writer. Several owners (the engine, the records) share one file, each with its own tables.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteDatabaseOptions _options;
    private readonly DatabaseLock _lock;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteReadContext> _readers = [];
    private volatile bool _closed;
    private bool _isSound = true;

    private SqliteDatabase(SqliteDatabaseOptions options, DatabaseLock held)
    {
        _options = options;
        _lock = held;
        SqliteWriteContext context = new(Connect(options.File));
        try
        {
            Execute(context.Connection, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32000;");
            Execute(context.Connection, "CREATE TABLE IF NOT EXISTS schema_versions(owner TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;");
        }
        catch
        {
            context.Dispose();
            throw;
        }
        _writer = new SqliteWriter(options, context);
    }

    /// <summary>The version of the SQLite library in use.</summary>
    public static string LibraryVersion => SqliteLibrary.Version;

    /// <summary>How many writes wait or are being committed: what back-pressure looks at.</summary>
    public int QueuedWrites => _writer.Queued;

    public string File => _options.File;

    /// <summary>Whoever had it open before did not close it: a crash, a kill, a power cut. <see cref="CheckIntegrity"/> says whether it is sound.</summary>
    public bool WasLeftOpen => _lock.WasAbandoned;

    /// <exception cref="DatabaseInUseException">Another process works on this file.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be read or written.</exception>
    public static SqliteDatabase Open(SqliteDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = SqliteLibrary.Version;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.File))!);
        DatabaseLock held = DatabaseLock.Take(options.File);
        try
        {
            return new SqliteDatabase(options, held);
        }
        catch (Exception e)
        {
            held.Dispose();
            StoreUnavailableException? failure = StoreUnavailableException.IsCause(e) ? new(options.File, e) : null;
            throw failure is { IsDamage: true } ? new DatabaseDamagedException(options.File, [e.Message]) : failure ?? e;
        }
    }

    /// <summary>As <see cref="Open"/>, but after a crash it looks first whether the file is sound.</summary>
    /// <exception cref="DatabaseDamagedException">It is not. Nothing was written to it.</exception>
    /// <inheritdoc cref="Open"/>
    public static SqliteDatabase OpenSound(SqliteDatabaseOptions options)
    {
        SqliteDatabase database = Open(options);
        if (database.WasLeftOpen && database.CheckIntegrity() is { Count: > 0 } findings)
        {
            database.Dispose();
            throw new DatabaseDamagedException(database.File, findings);
        }
        return database;
    }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer's thread, in one transaction with whatever else waits there, and ends after the commit
    /// is on the disk. Work that throws is undone alone and its exception is passed on. Work may be run twice (when a neighbour failed),
    /// so it must do nothing but read and write this database. A token cancelled before its turn means that nothing was done.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The commit failed: disk full or broken.</exception>
    public Task WriteAsync(Action<SqliteWriteContext> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _writer.WriteAsync<object?>(
            context =>
            {
                work(context);
                return null;
            },
            cancellationToken);
    }

    /// <inheritdoc cref="WriteAsync(Action{SqliteWriteContext}, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<SqliteWriteContext, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _writer.WriteAsync(work, cancellationToken);
    }

    /// <summary>Reads on the caller's thread, from one snapshot: everything whose write task has ended, and nothing half done.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public T Read<T>(Func<SqliteReadContext, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(_closed, this);
        SqliteReadContext? context = null;
        try
        {
            context = _readers.TryTake(out SqliteReadContext? idle) ? idle : OpenReader();
            context.Command("BEGIN").Execute();
            T result = query(context);
            context.Command("COMMIT").Execute();
            Return(context);
            return result;
        }
        catch (Exception e)
        {
            context?.Dispose(); // whatever state it is in ends with it
            if (StoreUnavailableException.IsCause(e))
            {
                throw new StoreUnavailableException(_options.File, e);
            }
            throw;
        }
    }

    /// <summary>
    /// Brings the tables of <paramref name="owner"/> to the newest version: step n makes version n+1. Steps once released must not change.
    /// </summary>
    /// <exception cref="SchemaTooNewException">A later release wrote this file.</exception>
    public async Task MigrateAsync(string owner, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        await WriteAsync(
            context =>
            {
                int version = Convert.ToInt32(context.Scalar("SELECT version FROM schema_versions WHERE owner=$owner", ("$owner", owner)) ?? 0L, null);
                if (version > steps.Count)
                {
                    throw new SchemaTooNewException(owner, version, steps.Count);
                }
                ApplySteps(context, steps.Skip(version));
                context.Execute("INSERT OR REPLACE INTO schema_versions(owner, version) VALUES($owner, $version)", ("$owner", owner), ("$version", steps.Count));
            },
            cancellationToken);
    }

    /// <summary>
    /// Reads the whole file and says what is wrong with it; empty when it is sound. Does not stop writers. Of a file of more than a
    /// gigabyte the indexes are not compared with their tables, or it would take minutes.
    /// </summary>
    public IReadOnlyList<string> CheckIntegrity()
    {
        bool isLarge = new FileInfo(_options.File).Length > 1L << 30;
        try
        {
            List<string> findings = Read(context => context.List(isLarge ? "PRAGMA quick_check" : "PRAGMA integrity_check", row => row.GetString(0)));
            _isSound = findings is ["ok"];
            return _isSound ? [] : findings;
        }
        catch (StoreUnavailableException e) when (e.IsDamage)
        {
            _isSound = false;
            return [e.InnerException!.Message]; // too far gone to be looked through
        }
    }

    /// <summary>Commits what is queued, then closes the file and gives up the lock.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }
        _closed = true;
        _writer.Dispose();
        while (_readers.TryTake(out SqliteReadContext? reader))
        {
            reader.Dispose();
        }
        if (_isSound)
        {
            _lock.Release();
        }
        else
        {
            _lock.Dispose(); // so that the next one looks, too
        }
    }

    private static SqliteConnection Connect(string file)
    {
        // No pooling: a pooled handle would outlive the lock. The time-out is for foreign programs that hold the file.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void ApplySteps(SqliteWriteContext context, IEnumerable<string> steps)
    {
        // A savepoint of its own: changes to tables do not show in the count of changed rows by which the writer sees half-done work.
        context.Execute("SAVEPOINT migration");
        try
        {
            foreach (string step in steps)
            {
                Execute(context.Connection, step);
            }
        }
        catch when (context.InTransaction)
        {
            context.Execute("ROLLBACK TO migration");
            context.Execute("RELEASE migration");
            throw;
        }
        context.Execute("RELEASE migration");
    }

    private SqliteReadContext OpenReader()
    {
        SqliteConnection connection = Connect(_options.File);
        Execute(connection, "PRAGMA query_only=1;");
        return new SqliteReadContext(connection);
    }

    private void Return(SqliteReadContext context)
    {
        if (_closed || _readers.Count >= _options.IdleReaders)
        {
            context.Dispose();
        }
        else
        {
            _readers.Add(context);
        }
    }
}
