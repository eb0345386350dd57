using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Storage.Local.Tests.Progress;

/// <summary>What of a feed is where, and what a crash leaves of it. The clock stands still, so that nothing is written by itself.</summary>
public sealed class FeedLifeTests : IAsyncLifetime
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _temporary = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly ExecutionId _id = ExecutionSamples.Queued().Id;
    private LocalLogStore _store = null!;

    private static CancellationToken None => CancellationToken.None;

    private string[] Files => Directory.GetFiles(_temporary.In("data", "logs"), "*", SearchOption.AllDirectories);

    public async Task InitializeAsync() => _store = await OpenStoreAsync("data");

    public async Task DisposeAsync()
    {
        foreach (IAsyncDisposable opened in Enumerable.Reverse(_opened))
        {
            await opened.DisposeAsync();
        }
        _temporary.Dispose();
    }

    [Fact]
    public async Task FlushAsync_ShortFeed_IsDurableWithoutAFile()
    {
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 20);

        await writer.FlushAsync(None);

        Assert.Empty(Files);
        Assert.Equal(20, (await ReadAfterAKillAsync()).Count);
    }

    [Fact]
    public async Task Append_KilledBeforeItIsOld_IsLost()
    {
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 3);
        await writer.FlushAsync(None);
        Append(writer, 3);

        Assert.Equal(3, (await ReadAfterAKillAsync()).Count);
        Assert.Equal(6, (await ReadAsync(_store)).Count);
    }

    [Fact]
    public async Task Append_OlderThanAMoment_SurvivesAKill()
    {
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        for (int round = 1; round <= 3; round++)
        {
            Append(writer, 5);
            _clock.Advance(Age);
            Assert.Equal(5 * round, (await ReadAfterAKillAsync()).Count);
        }
    }

    [Fact]
    public async Task FlushAsync_ShortFeedThatHadAFile_BecomesARow()
    {
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 5);
        _clock.Advance(Age);
        Assert.Single(Files);
        Append(writer, 5);

        await writer.FlushAsync(None);

        Assert.Empty(Files);
        Assert.Equal(10, (await ReadAfterAKillAsync()).Count);
        Append(writer, 5);
        _clock.Advance(Age);
        Assert.Equal(15, (await ReadAfterAKillAsync()).Count);
    }

    [Fact]
    public async Task FlushAsync_FeedGrowsLong_StandsInRowAndFile()
    {
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 5);
        await writer.FlushAsync(None);
        Append(writer, 1000);
        await writer.FlushAsync(None);
        Append(writer, 7);
        _clock.Advance(Age);

        Assert.Single(Files);
        AssertWhole(1012, await ReadAfterAKillAsync());
        AssertWhole(1012, await ReadAsync(_store));
    }

    [Fact]
    public async Task DisposeAsync_NotFlushed_IsWrittenAMomentLaterAndLeavesMemory()
    {
        ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 5);
        await writer.DisposeAsync();
        Assert.Equal(1, _store.InMemory);
        Task left = LeavesMemoryAsync();

        _clock.Advance(Age);
        await left;

        Assert.Empty(Files);
        AssertWhole(5, await ReadAfterAKillAsync());
        AssertWhole(5, await ReadAsync(_store));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task DisposeAsync_Flushed_LeavesMemoryAtOnce(int entries)
    {
        await using (ILogWriter writer = await _store.OpenAsync(_id, None))
        {
            Append(writer, entries);
            await writer.FlushAsync(None);
        }

        Assert.Equal(0, _store.InMemory);
        Assert.Equal(0, _clock.PendingTimers);
        AssertWhole(entries, await ReadAsync(_store));
    }

    [Theory]
    [InlineData("{\"sequence\":6,\"timest")]
    [InlineData("\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\n\0\0\n\0")]
    [InlineData("{\"sequence\":6}\n")]
    [InlineData("forged\n")]
    [InlineData("")]
    public async Task OpenAsync_FileWithATornEnd_GoesOnAfterTheLastGoodEntry(string torn)
    {
        ILogWriter killed = await _store.OpenAsync(_id, None);
        Append(killed, 5);
        _clock.Advance(Age);
        string copy = _temporary.CopyAsAfterAKill("data");
        await File.AppendAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(copy, "logs"), "*", SearchOption.AllDirectories)), torn);
        LocalLogStore reopened = await OpenStoreAsync(Path.GetFileName(copy));
        AssertWhole(5, await ReadAsync(reopened));

        await using (ILogWriter writer = await reopened.OpenAsync(_id, None))
        {
            Assert.Equal(5, writer.LastSequence);
            Append(writer, 2);
            _clock.Advance(Age);
            AssertWhole(7, await ReadAsync(reopened));
        }
        AssertWhole(7, await ReadAsync(reopened));
    }

    [Fact]
    public async Task ReadAsync_AnyPlaceInALongFile_FindsIt()
    {
        await using (ILogWriter writer = await _store.OpenAsync(_id, None))
        {
            Random random = new(1);
            for (int i = 1; i <= 3000; i++) // lines of very different lengths, some longer than what is read at a time
            {
                writer.Append(Line($"{i} {new string('x', random.Next(100) == 0 ? random.Next(200_000) : random.Next(50))}"));
                await writer.DrainAsync(None);
            }
            await writer.FlushAsync(None);
        }

        for (int after = 0; after <= 3000; after += 37)
        {
            LogEntry? next = await FirstAsync(after);
            Assert.Equal(after == 3000 ? null : after + 1, next?.Sequence);
            Assert.StartsWith($"{after + 1} ", next?.Message ?? $"{after + 1} ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FlushAsync_DiskFails_KeepsTheEntriesUntilItWorksAgain()
    {
        string shard = _temporary.In("data", "logs", _id.ToString()[^2..]);
        await File.WriteAllTextAsync(shard, "in the way of the folder");
        await using ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, 1000);
        _clock.Advance(Age);
        await Assert.ThrowsAnyAsync<IOException>(() => writer.FlushAsync(None));
        AssertWhole(1000, await ReadAsync(_store));

        File.Delete(shard);
        _clock.Advance(Age);

        AssertWhole(1000, await ReadAfterAKillAsync());
        await writer.FlushAsync(None);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task DeleteAsync_WriterIsOpen_NothingComesBack(int entries)
    {
        ILogWriter writer = await _store.OpenAsync(_id, None);
        Append(writer, entries);
        await writer.FlushAsync(None);

        await _store.DeleteAsync(_id, None);
        Append(writer, entries);
        await writer.FlushAsync(None);
        await writer.DrainAsync(None);
        _clock.Advance(Age);
        await writer.DisposeAsync();

        Assert.Empty(await ReadAsync(_store));
        Assert.Empty(Files);
        Assert.Equal(0, _store.InMemory);
        Assert.Empty(await ReadAfterAKillAsync());
    }

    [Fact]
    public async Task Append_TextThatIsNotUnicode_IsKeptAsFarAsItIs()
    {
        await using (ILogWriter writer = await _store.OpenAsync(_id, None))
        {
            writer.Append(Line("a\uD800b"));
            await writer.FlushAsync(None);
        }

        Assert.Equal("a\uFFFDb", Assert.Single(await ReadAsync(_store)).Message);
    }

    private static void Append(ILogWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            writer.Append(Line($"line {writer.LastSequence + 1}"));
        }
    }

    private static void AssertWhole(int count, List<LogEntry> entries)
        => Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), entries.Select(entry => entry.Sequence));

    private async Task<List<LogEntry>> ReadAsync(LocalLogStore store, long after = 0)
    {
        List<LogEntry> read = [];
        await foreach (LogEntry entry in store.ReadAsync(_id, after, None))
        {
            read.Add(entry);
        }
        return read;
    }

    private async Task<LogEntry?> FirstAsync(long after)
    {
        await foreach (LogEntry entry in _store.ReadAsync(_id, after, None))
        {
            return entry;
        }
        return null;
    }

    private async Task LeavesMemoryAsync()
    {
        while (_store.InMemory > 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>What a process finds that starts after this one was killed now: the files as they are, and nothing of our memory.</summary>
    private async Task<List<LogEntry>> ReadAfterAKillAsync() => await ReadAsync(await OpenStoreAsync(Path.GetFileName(_temporary.CopyAsAfterAKill("data"))));

    private async Task<LocalLogStore> OpenStoreAsync(string name)
    {
        DataFolder folder = DataFolder.Open(_temporary.In(name));
        SqliteDatabase database = SqliteDatabase.Open(new SqliteDatabaseOptions { File = folder.DatabaseFile });
        _opened.Add(new DatabaseOwner(database));
        LocalLogStore store = await LocalLogStore.OpenAsync(database, folder, new ExecutionSignals(), _clock, NullLogger<LocalLogStore>.Instance, None);
        _opened.Add(store);
        return store;
    }

    private sealed class DatabaseOwner(SqliteDatabase database) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            database.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
