using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Tests.Executions;

public sealed class StopBeforeItBeganTests : IAsyncLifetime
{
    private readonly InMemoryExecutionStore _executions = new();
    private readonly ExecutionSignals _signals = new();
    private readonly InMemoryLogStore _logs;
    private readonly WaitingEngine _engine = new();
    private readonly ExecutionService _service;
    private ExecutionRecord _record = ExecutionSamples.Queued();

    public StopBeforeItBeganTests()
    {
        _logs = new InMemoryLogStore(_signals);
        _service = new ExecutionService(null!, null!, null!, new EndNotices(null!, new AttemptSettling(null!)), null!, _executions, _engine, _logs, new InMemoryBlobStore(), null!, _signals, new ManualTimeProvider());
    }

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
        => _record = ((CreateOutcome.Created)await _executions.CreateAsync(_record, ExecutionSamples.Spec(), null, None)).Record;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task StopAsync_NothingHasBegun_EndsTheRecordTheFeedAndTheOrchestration()
    {
        await _service.StopAsync(_record.Tenant, _record.Id, None);

        ExecutionRecord ended = (await _executions.FindAsync(_record.Id, None))!;
        Assert.Equal((ExecutionStatus.Cancelled, new ExecutionOutcome.Cancelled()), (ended.Status, ended.Outcome));
        Assert.Equal(
            [(FeedEvent.Status, ExecutionStatus.Queued), (FeedEvent.Status, ExecutionStatus.Cancelled), (FeedEvent.Result, null)],
            await _logs.ReadAsync(_record.Id, 0, None).Select(entry => (entry.Event, entry.Status)).ToListAsync());
        Assert.Equal([_record.Id.ToString()], _engine.Terminated);
    }

    [Fact]
    public async Task StopAsync_ItsOrchestrationHoldsTheFeedAlready_LeavesTheEndOfTheFeedToIt()
    {
        await using ILogWriter preparing = await _logs.OpenAsync(_record.Id, None);

        await _service.StopAsync(_record.Tenant, _record.Id, None);

        Assert.Equal(ExecutionStatus.Cancelled, (await _executions.FindAsync(_record.Id, None))!.Status);
        Assert.Empty(_engine.Terminated); // a terminated one could not end the feed
        Assert.Equal([(_record.Id.ToString(), ExecutionActivities.StopEvent)], _engine.Raised); // what it has begun already ends
    }

    [Fact]
    public async Task StopAsync_Again_ChangesNothing()
    {
        await _service.StopAsync(_record.Tenant, _record.Id, None);
        await _service.StopAsync(_record.Tenant, _record.Id, None);

        Assert.Equal(3, await _logs.ReadAsync(_record.Id, 0, None).CountAsync());
        Assert.Single(_engine.Terminated);
    }

    /// <summary>An engine that has begun nothing yet.</summary>
    private sealed class WaitingEngine : IOrchestrationEngine
    {
        public List<string> Terminated { get; } = [];

        public List<(string Instance, string Event)> Raised { get; } = [];

        public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
            => Task.FromResult(true);

        public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<InstanceStatus?>(null);

        public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => Task.FromResult(new InstancePage([], null));

        public Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
        {
            Raised.Add((instanceId, name));
            return Task.FromResult(true);
        }

        public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken)
        {
            Terminated.Add(instanceId);
            return Task.CompletedTask;
        }

        public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<InstanceStatus?>(null);

        public EngineStats GetStats() => throw new NotSupportedException();
    }
}
