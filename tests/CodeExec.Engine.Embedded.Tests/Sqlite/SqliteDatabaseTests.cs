using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Engine.Embedded.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly string[] Tables = ["CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"];

    private readonly TemporaryFolder _folder = new();
    private readonly CommitFaults _faults = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests() => _database = Open();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void OpenSound_ClosedInOrder_HasNothingToLookAt()
    {
        SqliteDatabaseOptions options = new() { File = _folder.File("other.db") };
        SqliteDatabase.OpenSound(options).Dispose();

        using SqliteDatabase again = SqliteDatabase.OpenSound(options);

        Assert.False(again.WasLeftOpen);
    }

    [Fact]
    public async Task OpenSound_LeftOpenAndSound_Opens()
    {
        await MigrateAsync();
        await AddAsync("kept");

        using SqliteDatabase copy = SqliteDatabase.OpenSound(new SqliteDatabaseOptions { File = CopyAsAfterAKill() });

        Assert.True(copy.WasLeftOpen);
        Assert.Equal(["kept"], copy.Read(context => context.List("SELECT text FROM notes", row => row.GetString(0))));
    }

    [Theory]
    [InlineData(0)] // its very beginning
    [InlineData(4096)] // the root of a table
    public async Task OpenSound_LeftOpenAndDamaged_SaysSoEachTimeAndWritesNothing(int at)
    {
        await MigrateAsync();
        for (int n = 0; n < 200; n++)
        {
            await AddAsync($"note {n} {new string('x', 200)}");
        }
        Checkpoint();
        string copy = CopyAsAfterAKill();
        File.Delete(copy + "-wal");
        using (FileStream file = File.OpenWrite(copy))
        {
            file.Position = at;
            file.Write(new byte[4096 * 3]);
        }
        byte[] damaged = await File.ReadAllBytesAsync(copy);

        for (int start = 0; start < 2; start++)
        {
            DatabaseDamagedException refused = Assert.Throws<DatabaseDamagedException>(() => SqliteDatabase.OpenSound(new SqliteDatabaseOptions { File = copy }));
            Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
            Assert.NotEmpty(refused.Findings);
        }

        Assert.Equal(damaged, await File.ReadAllBytesAsync(copy));
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnce_AllAreThereAndShareTheirCommits()
    {
        await MigrateAsync();
        int before = _faults.Commits;
        using ManualResetEventSlim hold = new();
        Task first = _database.WriteAsync(_ => hold.Wait(), CancellationToken.None);
        Task[] others = [.. Enumerable.Range(0, 500).Select(n => AddAsync($"note {n}"))];
        hold.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(500, Texts().Count);
        Assert.InRange(_faults.Commits - before, 1, 2);
    }

    [Fact]
    public async Task WriteAsync_OneOfAGroupThrowsHalfWay_ItAloneIsUndone()
    {
        await MigrateAsync();
        using ManualResetEventSlim hold = new();
        Task first = _database.WriteAsync(_ => hold.Wait(), CancellationToken.None);
        Task before = AddAsync("before");
        Task failing = _database.WriteAsync(
            context =>
            {
                Add(context, "half");
                throw new InvalidOperationException("no");
            },
            CancellationToken.None);
        Task after = AddAsync("after");
        hold.Set();

        await Task.WhenAll(first, before, after);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(["after", "before"], Texts());
    }

    [Fact]
    public async Task WriteAsync_ConstraintViolated_ItsNeighboursAreCommitted()
    {
        await MigrateAsync();
        using ManualResetEventSlim hold = new();
        Task first = _database.WriteAsync(_ => hold.Wait(), CancellationToken.None);
        Task one = AddAsync("same");
        Task two = AddAsync("same");
        Task three = AddAsync("other");
        hold.Set();

        await Task.WhenAll(first, one, three);
        await Assert.ThrowsAsync<SqliteException>(() => two);
        Assert.Equal(["other", "same"], Texts());
    }

    [Fact]
    public async Task WriteAsync_TokenCancelledBeforeItsTurn_NothingIsWritten()
    {
        await MigrateAsync();
        using ManualResetEventSlim hold = new();
        using CancellationTokenSource cancelled = new();
        Task first = _database.WriteAsync(_ => hold.Wait(), CancellationToken.None);
        Task second = _database.WriteAsync(context => Add(context, "cancelled"), cancelled.Token);
        await cancelled.CancelAsync();
        hold.Set();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Empty(Texts());
    }

    [Fact]
    public async Task WriteAsync_DiskFull_TheCallerIsToldAndTheNextWriteWorks()
    {
        await MigrateAsync();
        await _database.WriteAsync(context => context.Scalar("PRAGMA max_page_count=20"), CancellationToken.None);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(new string('x', 1_000_000)));
        await _database.WriteAsync(context => context.Scalar("PRAGMA max_page_count=1000000"), CancellationToken.None);
        await AddAsync("again");

        Assert.Equal(["again"], Texts());
        Assert.Empty(_database.CheckIntegrity());
    }

    [Fact]
    public async Task WriteAsync_CommitFails_NothingOfTheGroupIsThere()
    {
        await MigrateAsync();
        _faults.FailBefore = _faults.Commits + 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync("lost"));
        await AddAsync("kept");

        Assert.Equal(["kept"], Texts());
    }

    [Fact]
    public async Task WriteAsync_QueueIsFull_WaitsForASlotInsteadOfGrowing()
    {
        using TemporaryFolder folder = new();
        using SqliteDatabase small = SqliteDatabase.Open(new() { File = folder.File("small.db"), MaxQueuedWrites = 2 });
        using ManualResetEventSlim hold = new();
        Task[] writes = [.. Enumerable.Range(0, 10).Select(_ => small.WriteAsync(_ => hold.Wait(), CancellationToken.None))];
        int queued = small.QueuedWrites;
        hold.Set();
        await Task.WhenAll(writes);

        Assert.Equal(2, queued);
        Assert.Equal(0, small.QueuedWrites);
    }

    [Fact]
    public async Task Read_WhileAWriteIsNotCommitted_SeesTheStateBefore()
    {
        await MigrateAsync();
        using ManualResetEventSlim written = new();
        using ManualResetEventSlim hold = new();
        Task write = _database.WriteAsync(
            context =>
            {
                Add(context, "later");
                written.Set();
                hold.Wait();
            },
            CancellationToken.None);
        written.Wait();
        List<string> during = Texts();
        hold.Set();
        await write;

        Assert.Empty(during);
        Assert.Equal(["later"], Texts());
    }

    [Fact]
    public async Task Open_FileIsHeldAlready_NamesTheHolder()
    {
        await MigrateAsync();
        DatabaseInUseException refused = Assert.Throws<DatabaseInUseException>(() => Open());

        Assert.Equal(Environment.ProcessId, refused.ProcessId);
        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WritesAreQueued_CommitsThemAndGivesTheLockBack()
    {
        await MigrateAsync();
        Task[] writes = [.. Enumerable.Range(0, 100).Select(n => AddAsync($"note {n}"))];
        _database.Dispose();
        await Task.WhenAll(writes);

        using SqliteDatabase again = Open();
        Assert.Equal(100L, again.Read(context => context.Scalar("SELECT count(*) FROM notes")));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync("late"));
    }

    [Fact]
    public async Task MigrateAsync_TwoOwners_EachHasItsOwnVersion()
    {
        await MigrateAsync();
        await MigrateAsync();
        await _database.MigrateAsync("others", ["CREATE TABLE others(id INTEGER);", "ALTER TABLE others ADD COLUMN more TEXT;"], CancellationToken.None);

        Assert.Equal(["notes=1", "others=2"], _database.Read(context => context.List("SELECT owner, version FROM schema_versions ORDER BY owner", row => $"{row.GetString(0)}={row.GetInt64(1)}")));
    }

    [Fact]
    public async Task MigrateAsync_AStepFails_NothingOfItRemains()
    {
        await Assert.ThrowsAsync<SqliteException>(() => _database.MigrateAsync("bad", ["CREATE TABLE bad(id INTEGER); CREATE NONSENSE;"], CancellationToken.None));

        Assert.Equal(0L, _database.Read(context => context.Scalar("SELECT count(*) FROM sqlite_master WHERE name='bad'")));
    }

    [Fact]
    public async Task MigrateAsync_FileIsNewer_Refuses()
    {
        await MigrateAsync();
        SchemaTooNewException refused = await Assert.ThrowsAsync<SchemaTooNewException>(() => _database.MigrateAsync("notes", [], CancellationToken.None));

        Assert.Equal(1, refused.Found);
    }

    [Fact]
    public void LibraryVersion_SystemHasANewerOne_ItIsTaken() => Assert.True(Version.Parse(SqliteDatabase.LibraryVersion) >= new Version(3, 35, 5));

    private static void Add(SqliteWriteContext context, string text) => context.Execute("INSERT INTO notes(text) VALUES($text)", ("$text", text));

    private SqliteDatabase Open() => SqliteDatabase.Open(new() { File = _folder.File("codeexec.db"), Faults = _faults });

    private Task MigrateAsync() => _database.MigrateAsync("notes", Tables, CancellationToken.None);

    private Task AddAsync(string text) => _database.WriteAsync(context => Add(context, text), CancellationToken.None);

    private List<string> Texts() => _database.Read(context => context.List("SELECT text FROM notes ORDER BY text", row => row.GetString(0)));

    /// <summary>Takes all from the -wal file into the database file.</summary>
    private void Checkpoint()
    {
        using SqliteConnection connection = new($"Data Source={_database.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>The files as the next process finds them when this one is killed now.</summary>
    private string CopyAsAfterAKill()
    {
        string copy = _folder.File($"{Guid.NewGuid():n}.db");
        foreach (string ending in (string[])["", "-wal", ".pid"])
        {
            using FileStream source = new(_database.File + ending, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream target = File.Create(copy + ending);
            source.CopyTo(target);
        }
        return copy;
    }
}
