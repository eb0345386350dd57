using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Engine;
using CodeExec.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Tests.Engine;

public sealed class DurableOrchestrationEngineTests
{
    private static readonly OrchestrationName<string, int> Name = new("some.orchestration");

    private readonly FakeDurableClient _client = new();
    private readonly DurableClientSource _source = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly DurableOrchestrationEngine _engine;

    public DurableOrchestrationEngineTests()
    {
        _source.Use(_client);
        _engine = new(_source, _clock);
    }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task StartAsync_NewId_SchedulesItUnderTheFunctionsName()
    {
        Assert.True(await _engine.StartAsync(Name, "id", "in", null, None));

        (string id, StartOrchestrationOptions options, object? input) = Assert.Single(_client.Scheduled);
        Assert.Equal(("id", "some-orchestration"), (id, _client.Instances["id"].Name));
        Assert.Equal("\"in\"", OrchestrationEnvelope.Parse((string)input!).Input);
        Assert.Equal(6, options.DedupeStatuses!.Count);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task StartAsync_KnownId_ChangesNothingWhateverBecameOfIt(OrchestrationRuntimeStatus status)
    {
        _client.Set("id", status);

        Assert.False(await _engine.StartAsync(Name, "id", "in", null, None));

        Assert.Equal(status, _client.Instances["id"].RuntimeStatus);
    }

    [Fact]
    public async Task StartAsync_SomebodyIsFasterInBetween_IsARepeatToo()
    {
        _client.BeforeSchedule = () => _client.Set("id", OrchestrationRuntimeStatus.Completed);

        Assert.False(await _engine.StartAsync(Name, "id", "in", null, None));
        Assert.Empty(_client.Scheduled);
    }

    [Fact]
    public async Task StartAsync_HostFails_SaysSo()
    {
        _client.BeforeSchedule = () => throw new IOException("gone");

        await Assert.ThrowsAsync<IOException>(() => _engine.StartAsync(Name, "id", "in", null, None));
    }

    [Fact]
    public async Task FindAsync_EachPart_IsInOurWords()
    {
        _client.Set("done", OrchestrationRuntimeStatus.Completed, "some-orchestration", "\"{\\\"a\\\":1}\"");
        _client.Set("bad", OrchestrationRuntimeStatus.Failed, failure: new TaskFailureDetails("T", "m", "at x", new TaskFailureDetails("I", "i", null, null, null), null));

        InstanceStatus done = (await _engine.FindAsync("done", None))!;
        InstanceStatus bad = (await _engine.FindAsync("bad", None))!;

        Assert.Equal(("some.orchestration", InstanceState.Completed, "{\"a\":1}", null), (done.Orchestration, done.State, done.Output, done.CustomStatus));
        Assert.Equal(new FailureDetails("T", "m", new FailureDetails("I", "i")), bad.Failure);
        Assert.Null(await _engine.FindAsync("none", None));
    }

    [Fact]
    public async Task RaiseEventAsync_OnlyToOneThatIsUnderWay()
    {
        _client.Set("running", OrchestrationRuntimeStatus.Running);
        _client.Set("ended", OrchestrationRuntimeStatus.Completed);

        Assert.True(await _engine.RaiseEventAsync("running", "stop", new { A = 1 }, None));
        Assert.False(await _engine.RaiseEventAsync("ended", "stop", "", None));
        Assert.False(await _engine.RaiseEventAsync("none", "stop", "", None));

        Assert.Equal(("running", "stop", (object)"{\"a\":1}"), Assert.Single(_client.Raised));
    }

    [Fact]
    public async Task TerminateAsync_WithSubOrchestrations_EndsAllOfThem()
    {
        _client.Set("id", OrchestrationRuntimeStatus.Running);
        _client.Set("id:1", OrchestrationRuntimeStatus.Running);
        _client.Set("id:1:2", OrchestrationRuntimeStatus.Pending);
        _client.Set("id:3", OrchestrationRuntimeStatus.Completed);
        _client.Set("idle", OrchestrationRuntimeStatus.Running);

        await _engine.TerminateAsync("id", "why", None);
        await _engine.TerminateAsync("none", "why", None);

        Assert.Equal(["id", "id:1", "id:1:2"], _client.Instances.Values.Where(one => one.RuntimeStatus == OrchestrationRuntimeStatus.Terminated).Select(one => one.InstanceId).Order(StringComparer.Ordinal));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, _client.Instances["id:3"].RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, _client.Instances["idle"].RuntimeStatus);
    }

    [Fact]
    public async Task PurgeAsync_OnlyOneThatHasEnded()
    {
        _client.Set("running", OrchestrationRuntimeStatus.Running);
        _client.Set("ended", OrchestrationRuntimeStatus.Failed);

        Assert.False(await _engine.PurgeAsync("running", None));
        Assert.False(await _engine.PurgeAsync("none", None));
        Assert.True(await _engine.PurgeAsync("ended", None));
        Assert.False(await _engine.PurgeAsync("ended", None));
    }

    [Fact]
    public async Task WaitForEndAsync_EndsLater_ReturnsThen()
    {
        _client.Set("id", OrchestrationRuntimeStatus.Running);
        Task<InstanceStatus?> waiting = _engine.WaitForEndAsync("id", None);
        Assert.False(waiting.IsCompleted);

        _client.Set("id", OrchestrationRuntimeStatus.Completed);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(InstanceState.Completed, (await waiting)!.State);
        Assert.Null(await _engine.WaitForEndAsync("none", None));
    }

    [Fact]
    public async Task ListAsync_PageByPage_GivesEachOnce()
    {
        for (int i = 0; i < 5; i++)
        {
            _client.Set($"{i}", i == 0 ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Running, createdAt: _clock.GetUtcNow().AddSeconds(i));
        }

        InstancePage first = await _engine.ListAsync(new InstanceQuery(InstanceState.Running, Limit: 3), None);
        InstancePage second = await _engine.ListAsync(new InstanceQuery(InstanceState.Running, Limit: 3, Cursor: first.Cursor), None);

        Assert.Equal(["3", "2", "1", "4"], first.Items.Concat(second.Items).Select(status => status.InstanceId));
        Assert.Null(second.Cursor);
    }

    [Fact]
    public async Task AnyMethod_NoFunctionHasRunYet_SaysWhy()
        => Assert.Contains("client", (await Assert.ThrowsAsync<InvalidOperationException>(() => new DurableOrchestrationEngine(new DurableClientSource(), _clock).FindAsync("id", None))).Message, StringComparison.Ordinal);
}
