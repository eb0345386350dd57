using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Tests.Executions;

public sealed class FinishExecutionTests : IAsyncLifetime
{
    private readonly InMemoryExecutionStore _executions = new();
    private readonly InMemoryLogStore _logs = new();
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
        await Assert.ThrowsAsync<IOException>(() => FinishAsync(new DyingLogStore()));
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
        FinishExecution finish = new(_executions, logs, running, new ExecutionSignals(), new ManualTimeProvider());
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

    /// <summary>Stands for a process that is killed when it touches the feed.</summary>
    private sealed class DyingLogStore : ILogStore
    {
        public Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken) => throw new IOException("killed");

        public IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, CancellationToken cancellationToken) => throw new IOException("killed");

        public Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken) => throw new IOException("killed");
    }
}
