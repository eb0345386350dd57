using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Blobs;
using CodeExec.Storage.Local.Executions;
using CodeExec.Storage.Local.Folders;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Local.Tests.Executions;

/// <summary>Kills and failing disks: what was said to be stored is, and what a failure left open is read from the disk, not from memory.</summary>
public sealed class StoreFailureTests : IAsyncLifetime
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FailingDisk _disk = new();
    private SqliteDatabase _database = null!;
    private SqliteExecutionStore _store = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _database = Open(DataFolder.Open(_temporary.In("data")), _disk);
        _store = await SqliteExecutionStore.OpenAsync(_database, TimeProvider.System, None);
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        _database.Dispose();
        _temporary.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task CreateAndUpdate_KilledAfterwards_AreThere()
    {
        ExecutionRecord created = await CreateAsync();
        ExecutionRecord moved = (await _store.TryUpdateAsync((await CreateAsync()).MoveTo(ExecutionStatus.Preparing), None))!;

        using SqliteDatabase copy = Open(DataFolder.Open(_temporary.CopyAsAfterAKill("data")));
        using SqliteExecutionStore found = await SqliteExecutionStore.OpenAsync(copy, TimeProvider.System, None);

        AssertSame(created, await found.FindAsync(created.Id, None));
        AssertSame(moved, await found.FindAsync(moved.Id, None));
        Assert.Empty(copy.CheckIntegrity());
    }

    [Fact]
    public async Task TryNoteAsync_NotOvertaken_IsWrittenAMomentLater()
    {
        ManualTimeProvider clock = new();
        using SqliteExecutionStore store = await SqliteExecutionStore.OpenAsync(_database, clock, None);
        ExecutionRecord created = ((CreateOutcome.Created)await store.CreateAsync(Queued(), Spec(), null, None)).Record;
        ExecutionRecord noted = (await store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None))!;
        AssertSame(created, await _store.FindAsync(created.Id, None)); // another store on this database sees what is written

        clock.Advance(TimeSpan.FromMilliseconds(50));
        await _database.WriteAsync(_ => { }, None); // after the note

        AssertSame(noted, await _store.FindAsync(created.Id, None));
    }

    [Fact]
    public async Task TryNoteAsync_OvertakenByAnUpdate_IsNeverWritten()
    {
        ManualTimeProvider clock = new();
        using SqliteExecutionStore store = await SqliteExecutionStore.OpenAsync(_database, clock, None);
        ExecutionRecord created = ((CreateOutcome.Created)await store.CreateAsync(Queued(), Spec(), null, None)).Record;
        await store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None);
        ExecutionRecord cancelled = (await store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Cancelled), None))!;

        clock.Advance(TimeSpan.FromSeconds(1));
        await _database.WriteAsync(_ => { }, None);

        AssertSame(cancelled, await _store.FindAsync(created.Id, None));
    }

    [Fact]
    public async Task TryNoteAsync_DiskIsFull_IsShownAndWrittenLater()
    {
        ManualTimeProvider clock = new();
        using SqliteExecutionStore store = await SqliteExecutionStore.OpenAsync(_database, clock, None);
        ExecutionRecord created = ((CreateOutcome.Created)await store.CreateAsync(Queued(), Spec(), null, None)).Record;
        ExecutionRecord noted = (await store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None))!;
        _disk.FailBeforeCommit = true;
        Assert.Single((await store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items); // a list is not refused for it
        AssertSame(noted, await store.FindAsync(created.Id, None));
        _disk.FailBeforeCommit = false;

        Assert.Equal(ExecutionStatus.Preparing, Assert.Single((await store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items).Status);
    }

    [Fact]
    public async Task WriteAsync_BlobsThenKilled_AreThere()
    {
        FileBlobStore blobs = await FileBlobStore.OpenAsync(_database, DataFolder.Open(_temporary.In("data")), TimeProvider.System, None);
        await blobs.WriteAsync("small", new byte[10], None);
        await blobs.WriteAsync("large", new byte[100_000], None);
        await using IBlobWriter unfinished = await blobs.CreateAsync("unfinished", None);
        await unfinished.WriteAsync(new byte[100_000], None);

        DataFolder folder = DataFolder.Open(_temporary.CopyAsAfterAKill("data"));
        using SqliteDatabase copy = Open(folder);
        FileBlobStore found = await FileBlobStore.OpenAsync(copy, folder, TimeProvider.System, None);

        Assert.Equal(["large", "small"], copy.Read(context => context.List("SELECT key FROM blobs ORDER BY key", row => row.GetString(0))));
        await using Stream? large = await found.OpenReadAsync("large", None);
        Assert.Equal(100_000, large!.Length);
        Assert.Single(Directory.GetFiles(folder.Blobs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task CreateAsync_CommitFails_LeavesNothingAndCanBeRepeated()
    {
        ExecutionRecord record = Queued();
        IdempotencyKey key = new("k", "f");
        _disk.FailBeforeCommit = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CreateAsync(record, Spec(), key, None));
        _disk.FailBeforeCommit = false;
        Assert.Null(await _store.FindAsync(record.Id, None));

        Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(record, Spec(), key, None));
    }

    [Fact]
    public async Task CreateAsync_FailureThatDidNotHappen_IsFoundByItsKey()
    {
        ExecutionRecord record = Queued();
        IdempotencyKey key = new("k", "f");
        _disk.FailAfterCommit = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CreateAsync(record, Spec(), key, None));
        _disk.FailAfterCommit = false;

        Assert.Equal(record.Id, Assert.IsType<CreateOutcome.Existing>(await _store.CreateAsync(Queued(), Spec(), key, None)).Record.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryUpdateAsync_CommitFails_FindShowsWhatTheDiskHas(bool tookEffect)
    {
        ExecutionRecord created = await CreateAsync();
        _disk.FailAfterCommit = tookEffect;
        _disk.FailBeforeCommit = !tookEffect;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None));
        _disk.FailAfterCommit = _disk.FailBeforeCommit = false;

        ExecutionRecord found = (await _store.FindAsync(created.Id, None))!;

        Assert.Equal(tookEffect ? ExecutionStatus.Preparing : ExecutionStatus.Queued, found.Status);
        Assert.NotNull(await _store.TryUpdateAsync(found.MoveTo(ExecutionStatus.Preparing), None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteAsync_CommitFails_FindShowsWhatTheDiskHas(bool tookEffect)
    {
        ExecutionRecord created = await CreateAsync();
        _disk.FailAfterCommit = tookEffect;
        _disk.FailBeforeCommit = !tookEffect;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.DeleteAsync(created.Id, None));
        _disk.FailAfterCommit = _disk.FailBeforeCommit = false;

        Assert.Equal(tookEffect, await _store.FindAsync(created.Id, None) is null);
    }

    private static SqliteDatabase Open(DataFolder folder, ICommitFaults? faults = null)
        => SqliteDatabase.Open(new SqliteDatabaseOptions { File = folder.DatabaseFile, Faults = faults });

    private async Task<ExecutionRecord> CreateAsync()
        => Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(), Spec(), null, None)).Record;

    private sealed class FailingDisk : ICommitFaults
    {
        public bool FailBeforeCommit { get; set; }

        public bool FailAfterCommit { get; set; }

        public void BeforeCommit()
        {
            if (FailBeforeCommit)
            {
                throw new IOException("No space left on device");
            }
        }

        public void AfterCommit()
        {
            if (FailAfterCommit)
            {
                throw new IOException("Input/output error");
            }
        }
    }
}
