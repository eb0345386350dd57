using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using static CodeExec.Contracts.Progress.LogSamples;

namespace CodeExec.Core.Tests.Progress;

/// <summary>The clock stands still: viewers are woken by signals, or not at all.</summary>
public sealed class ExecutionFeedTests : IAsyncLifetime
{
    private const int HangGuard = 20_000;

    private readonly ManualTimeProvider _clock = new();
    private readonly ExecutionSignals _signals = new();
    private readonly InMemoryExecutionStore _executions = new();
    private readonly InMemoryLogStore _logs;
    private readonly ExecutionFeed _feed;
    private ExecutionRecord _record = ExecutionSamples.Queued();

    public ExecutionFeedTests()
    {
        _logs = new InMemoryLogStore(_signals);
        _feed = new ExecutionFeed(_logs, _executions, _signals, _clock);
    }

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
        => _record = ((CreateOutcome.Created)await _executions.CreateAsync(_record, ExecutionSamples.Spec(), null, None)).Record;

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory(Timeout = HangGuard)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task FollowAsync_ViewersThatReconnectAtRandom_SeeExactlyTheStoredFeed(int seed)
    {
        Task<List<LogEntry>>[] viewers = [.. Enumerable.Range(0, 6).Select(viewer => Task.Run(() => ViewAsync(new Random((seed * 100) + viewer))))];
        await Task.Run(() => WriteAsync(new Random(seed)));

        List<LogEntry> stored = await _logs.ReadAsync(_record.Id, 0, None).ToListAsync();
        Assert.Equal(FeedEvent.Result, stored[^1].Event);
        Assert.Equal(Enumerable.Range(1, stored.Count), stored.Select(entry => (int)entry.Sequence));
        foreach (Task<List<LogEntry>> viewer in viewers)
        {
            ExecutionSamples.AssertSame(stored, await viewer);
        }

        Assert.Equal(0, _signals.Watched);
    }

    [Fact(Timeout = HangGuard)]
    public async Task FollowAsync_NothingRanYet_ShowsThatItIsQueued()
    {
        await using IAsyncEnumerator<LogEntry> viewer = _feed.FollowAsync(_record.Id, 0, None).GetAsyncEnumerator(None);

        Assert.True(await viewer.MoveNextAsync());

        ExecutionSamples.AssertSame(ExecutionFeed.FirstEntry(_record), viewer.Current);
    }

    [Fact(Timeout = HangGuard)]
    public async Task FollowAsync_ExecutionIsDeleted_Ends()
    {
        await using ILogWriter writer = await OpenAsync();
        Task<List<LogEntry>> viewer = _feed.FollowAsync(_record.Id, 0, None).ToListAsync(None).AsTask();

        await _executions.DeleteAsync(_record.Id, None);
        writer.Append(Line("news"));

        Assert.NotEmpty(await viewer);
    }

    [Fact(Timeout = HangGuard)]
    public async Task FollowAsync_RecordEndsBeforeTheFeedDoes_WaitsForTheResult()
    {
        await using ILogWriter writer = await OpenAsync();
        await EndRecordAsync();
        Task<List<LogEntry>> viewer = _feed.FollowAsync(_record.Id, 0, None).ToListAsync(None).AsTask();
        await _clock.WhenTimersAreSetAsync(); // it has seen the end in the record, and waits

        writer.Append(Line("Completed") with { Event = FeedEvent.Status, Status = ExecutionStatus.Completed });
        writer.Append(Line("Ended") with { Event = FeedEvent.Result });

        Assert.Equal(FeedEvent.Result, (await viewer)[^1].Event);
    }

    [Fact(Timeout = HangGuard)]
    public async Task FollowAsync_AfterTheResult_EndsAtOnce()
    {
        await WriteAsync(new Random(1));
        List<LogEntry> stored = await _logs.ReadAsync(_record.Id, 0, None).ToListAsync();

        Assert.Empty(await _feed.FollowAsync(_record.Id, stored[^1].Sequence, None).ToListAsync());
    }

    [Fact(Timeout = HangGuard)]
    public async Task FollowAsync_EndedAndTheResultNeverComes_EndsAfterAMoment()
    {
        await using ILogWriter writer = await OpenAsync();
        await EndRecordAsync();
        Task<List<LogEntry>> viewer = _feed.FollowAsync(_record.Id, 0, None).ToListAsync(None).AsTask();
        await _clock.WhenTimersAreSetAsync();
        Assert.False(viewer.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await viewer);
    }

    private async Task WriteAsync(Random random)
    {
        await using ILogWriter writer = await OpenAsync();
        for (int i = random.Next(300); i > 0; i--)
        {
            writer.Append(Line($"{i}"));
            if (random.Next(5) == 0)
            {
                await Task.Yield();
            }
        }
        await EndRecordAsync();
        writer.Append(Line("Completed") with { Event = FeedEvent.Status, Status = ExecutionStatus.Completed });
        await Task.Yield();
        writer.Append(Line("Ended") with { Event = FeedEvent.Result });
    }

    private async Task<List<LogEntry>> ViewAsync(Random random)
    {
        List<LogEntry> seen = [];
        while (seen is [] or [.., { Event: not FeedEvent.Result }])
        {
            int patience = random.Next(40);
            await foreach (LogEntry entry in _feed.FollowAsync(_record.Id, seen.Count == 0 ? 0 : seen[^1].Sequence, None))
            {
                seen.Add(entry);
                if (patience-- == 0)
                {
                    break;
                }
            }
        }
        return seen;
    }

    private async Task<ILogWriter> OpenAsync()
    {
        ILogWriter writer = await _logs.OpenAsync(_record.Id, None);
        writer.Append(ExecutionFeed.FirstEntry(_record));
        return writer;
    }

    private async Task EndRecordAsync()
        => Assert.NotNull(await _executions.TryUpdateAsync(_record.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None));
}
