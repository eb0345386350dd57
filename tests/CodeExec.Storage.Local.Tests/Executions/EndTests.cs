using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Executions;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Local.Tests.Executions;

/// <summary>The end of an execution: record and feed together, whatever happens in between.</summary>
public sealed class EndTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<LogEntry> Last = [Entry("Completed") with { Event = FeedEvent.Status, Status = ExecutionStatus.Completed }, Entry("Ended") with { Event = FeedEvent.Result }];

    private readonly TemporaryFolder _temporary = new();
    private readonly CountedCommits _commits = new();
    private SqliteDatabase _database = null!;
    private SqliteExecutionStore _store = null!;
    private LocalLogStore _logs = null!;
    private ExecutionRecord _record = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        DataFolder folder = DataFolder.Open(_temporary.In("data"));
        _database = SqliteDatabase.Open(new SqliteDatabaseOptions { File = folder.DatabaseFile, Faults = _commits });
        _store = await SqliteExecutionStore.OpenAsync(_database, TimeProvider.System, None);
        _logs = await LocalLogStore.OpenAsync(_database, folder, new ExecutionSignals(), TimeProvider.System, NullLogger<LocalLogStore>.Instance, None);
        _record = Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued() with { Status = ExecutionStatus.Running }, Spec(), null, None)).Record;
    }

    public async Task DisposeAsync()
    {
        _commits.Fails = false;
        await _logs.DisposeAsync();
        _store.Dispose();
        _database.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task TryEndAsync_ShortFeed_IsOneCommitAndSurvivesAKill()
    {
        await using ILogWriter feed = await _logs.OpenAsync(_record.Id, None);
        feed.Append(Entry("1"));
        int before = _commits.Count;

        ExecutionRecord? ended = await EndAsync(feed);

        Assert.Equal(1, _commits.Count - before);
        Assert.Equal(["1", "Completed", "Ended"], await MessagesAsync(_logs));
        Assert.Equal([1, 2, 3], await _logs.ReadAsync(_record.Id, 0, None).Select(entry => entry.Sequence).ToListAsync());
        DataFolder folder = DataFolder.Open(_temporary.CopyAsAfterAKill("data"));
        using SqliteDatabase copy = SqliteDatabase.Open(new SqliteDatabaseOptions { File = folder.DatabaseFile });
        using SqliteExecutionStore found = await SqliteExecutionStore.OpenAsync(copy, TimeProvider.System, None);
        await using LocalLogStore logs = await LocalLogStore.OpenAsync(copy, folder, new ExecutionSignals(), TimeProvider.System, NullLogger<LocalLogStore>.Instance, None);
        AssertSame(ended, await found.FindAsync(_record.Id, None));
        Assert.Equal(["1", "Completed", "Ended"], await MessagesAsync(logs));
    }

    [Fact]
    public async Task TryEndAsync_LongFeed_EndsItToo()
    {
        await using ILogWriter feed = await _logs.OpenAsync(_record.Id, None);
        List<string> said = [.. Enumerable.Range(0, 2_000).Select(n => $"line {n} {new string('x', 50)}")];
        foreach (string line in said)
        {
            feed.Append(Entry(line));
            await feed.DrainAsync(None);
        }

        Assert.NotNull(await EndAsync(feed));

        Assert.Equal([.. said, "Completed", "Ended"], await MessagesAsync(_logs));
    }

    [Fact]
    public async Task TryEndAsync_RecordHasChangedMeanwhile_WritesNothingAtAll()
    {
        await using ILogWriter feed = await _logs.OpenAsync(_record.Id, None);
        feed.Append(Entry("1"));
        ExecutionRecord cancelled = (await _store.TryUpdateAsync(_record.MoveTo(ExecutionStatus.Cancelled), None))!;

        Assert.Null(await EndAsync(feed));

        AssertSame(cancelled, await _store.FindAsync(_record.Id, None));
        Assert.Equal(["1"], await MessagesAsync(_logs));
    }

    [Fact]
    public async Task TryEndAsync_CommitFails_NobodySeesAnEndAndItCanBeRepeated()
    {
        await using ILogWriter feed = await _logs.OpenAsync(_record.Id, None);
        feed.Append(Entry("1"));
        _commits.Fails = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => EndAsync(feed));
        _commits.Fails = false;
        Assert.Equal(ExecutionStatus.Running, (await _store.FindAsync(_record.Id, None))!.Status);
        Assert.Equal(["1"], await MessagesAsync(_logs));

        Assert.NotNull(await EndAsync(feed));

        Assert.Equal(["1", "Completed", "Ended"], await MessagesAsync(_logs));
    }

    private static LogEntry Entry(string message) => new() { Sequence = 0, Timestamp = Start, Level = LogLevel.Info, Source = LogSource.System, Message = message };

    private Task<ExecutionRecord?> EndAsync(ILogWriter feed)
        => _store.TryEndAsync(_record.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), feed, Last, None);

    private async Task<List<string>> MessagesAsync(LocalLogStore logs) => await logs.ReadAsync(_record.Id, 0, None).Select(entry => entry.Message).ToListAsync();

    private sealed class CountedCommits : ICommitFaults
    {
        private int _count;

        public int Count => _count;

        public bool Fails { get; set; }

        public void BeforeCommit()
        {
            Interlocked.Increment(ref _count);
            if (Fails)
            {
                throw new IOException("No space left on device");
            }
        }

        public void AfterCommit()
        {
            // Every commit that is let through has taken effect.
        }
    }
}
