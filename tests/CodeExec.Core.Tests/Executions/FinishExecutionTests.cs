using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Operations;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Tests.Executions;

public sealed class FinishExecutionTests : IAsyncLifetime
{
    private readonly InMemoryExecutionStore _executions = new();
    private readonly InMemoryLogStore _logs = new();
    private readonly ExecutionDurations _durations = new();
    private readonly ManualTimeProvider _clock = new();
    private ExecutionRecord _record = ExecutionSamples.Queued() with { Status = ExecutionStatus.Running };

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
        => _record = ((CreateOutcome.Created)await _executions.CreateAsync(_record, ExecutionSamples.Spec(), null, None)).Record;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task RunAsync_Once_WritesTheEndInTheRecordAndThenInTheFeed()
    {
        Assert.Equal(ExecutionStatus.Completed, await FinishAsync(_logs));

        Assert.Equal(ExecutionStatus.Completed, (await _executions.FindAsync(_record.Id, None))!.Status);
        Assert.Equal([FeedEvent.Status, FeedEvent.Status, FeedEvent.Result], await FeedAsync());
    }

    [Fact]
    public async Task RunAsync_TwiceWithTheSameEnd_IsMeasuredOnce()
    {
        await FinishAsync(_logs);
        await FinishAsync(_logs);

        Metric count = Assert.Single(_durations.Collect(), metric => metric.Name == "execution_duration_seconds_count");
        Metric sum = Assert.Single(_durations.Collect(), metric => metric.Name == "execution_duration_seconds_sum");
        Assert.Equal(1, count.Value);
        Assert.Equal((_clock.GetUtcNow() - _record.CreatedAt).TotalSeconds, sum.Value);
        Assert.Equal([new MetricLabel("language", "python"), new MetricLabel("status", "completed")], count.Labels);
    }

    [Fact]
    public async Task RunAsync_ClockWasSetBackMeanwhile_EndsNotBeforeItsBeginning()
    {
        _clock.SetUtcNow(_record.CreatedAt - TimeSpan.FromHours(1));

        await FinishAsync(_logs);

        Assert.Equal(_record.CreatedAt, (await _executions.FindAsync(_record.Id, None))!.EndedAt);
    }

    [Fact]
    public async Task RunAsync_ThatItBeganWasOnlyNotedAndIsLost_EndsAllTheSame()
    {
        ExecutionRecord queued = ((CreateOutcome.Created)await _executions.CreateAsync(ExecutionSamples.Queued(), ExecutionSamples.Spec(), null, None)).Record;
        _record = queued;

        Assert.Equal(ExecutionStatus.Completed, await FinishAsync(_logs));
    }

    [Fact]
    public async Task RunAsync_AgainAfterItsResultWasLost_ChangesNothing()
    {
        await FinishAsync(_logs);
        ExecutionRecord ended = (await _executions.FindAsync(_record.Id, None))!;

        Assert.Equal(ExecutionStatus.Completed, await FinishAsync(_logs, new ExecutionOutcome.Exited(1)));

        ExecutionSamples.AssertSame(ended, await _executions.FindAsync(_record.Id, None));
        Assert.Equal([FeedEvent.Status, FeedEvent.Status, FeedEvent.Result], await FeedAsync());
    }

    [Fact]
    public async Task RunAsync_AgainAfterACrashBetweenRecordAndFeed_EndsTheFeedToo()
    {
        await Assert.ThrowsAsync<IOException>(() => FinishAsync(new DyingLogStore(_logs)));
        Assert.Equal(ExecutionStatus.Completed, (await _executions.FindAsync(_record.Id, None))!.Status);

        Assert.Equal(ExecutionStatus.Completed, await FinishAsync(_logs));

        Assert.Equal([FeedEvent.Status, FeedEvent.Status, FeedEvent.Result], await FeedAsync());
    }

    [Fact]
    public async Task RunAsync_Deleted_WritesNothing()
    {
        await _executions.DeleteAsync(_record.Id, None);

        Assert.Equal(ExecutionStatus.Cancelled, await FinishAsync(_logs));

        Assert.Empty(await FeedAsync());
    }

    /// <summary>As a new process would: nothing is open yet.</summary>
    private async Task<ExecutionStatus> FinishAsync(ILogStore logs, ExecutionOutcome? outcome = null)
    {
        RunningExecutions running = new();
        FinishExecution finish = new(new ExecutionEnding(_executions, logs, running, new EndNotices(null!, new AttemptSettling(null!)), new ExecutionSignals(), _durations, _clock));
        try
        {
            return await finish.RunAsync(new ActivityContext("i", 1, 1), new FinishInput(_record.Id, new ExecutionReport { Outcome = outcome ?? new ExecutionOutcome.Exited(0) }), None);
        }
        finally
        {
            await running.RemoveAsync(_record.Id);
        }
    }

    private async Task<List<FeedEvent>> FeedAsync() => await _logs.ReadAsync(_record.Id, 0, None).Select(entry => entry.Event).ToListAsync();

    /// <summary>Stands for a process that is killed when it says in the feed how the execution ended.</summary>
    private sealed class DyingLogStore(ILogStore inner) : ILogStore
    {
        public async Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken) => new DyingWriter(await inner.OpenAsync(id, cancellationToken));

        public IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, CancellationToken cancellationToken) => inner.ReadAsync(id, after, cancellationToken);

        public Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);
    }

    private sealed class DyingWriter(ILogWriter inner) : ILogWriter
    {
        public long LastSequence => inner.LastSequence;

        public long Append(LogEntry entry) => entry.Status?.IsFinal() == true ? throw new IOException("killed") : inner.Append(entry);

        public ValueTask DrainAsync(CancellationToken cancellationToken) => inner.DrainAsync(cancellationToken);

        public Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
