using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Executions and batches that begin later.</summary>
public sealed class DelayedStartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly ManualTimeProvider _clock = new();
    private readonly EchoProvider _provider = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Submit_WithATime_BeginsAtItsTimeInAnotherLife()
    {
        ExecutionRecord accepted;
        await using (Life first = await StartAsync())
        {
            accepted = await SubmitAsync(first, TimeSpan.FromHours(2));
            _clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(ExecutionStatus.Queued, (await first.Executions.FindAsync(accepted.Id, None))!.Status);
        }

        await using Life second = await StartAsync();
        Assert.Equal(0, _provider.Jobs);
        _clock.Advance(TimeSpan.FromHours(1));
        ExecutionRecord ended = await EndAsync(second, accepted.Id);

        Assert.Equal((ExecutionStatus.Completed, 1), (ended.Status, _provider.Jobs));
        Assert.True(ended.StartedAt >= accepted.StartAt);
        Assert.True(ExecutionMeasures.DurationMs(ended) < TimeSpan.FromHours(1).TotalMilliseconds, "the wait that was asked for counts as ours");
    }

    [Fact]
    public async Task Submit_DueWhileNobodyWasThere_BeginsSoonAfterTheNextStart()
    {
        ExecutionRecord accepted;
        await using (Life first = await StartAsync())
        {
            accepted = await SubmitAsync(first, TimeSpan.FromHours(2));
        }

        _clock.Advance(TimeSpan.FromDays(3));
        await using Life second = await StartAsync();

        Assert.Equal(ExecutionStatus.Completed, (await EndAsync(second, accepted.Id)).Status);
    }

    [Fact]
    public async Task Submit_ManyForLater_TakeNoPlaceAndAreBounded()
    {
        await using Life life = await StartAsync();
        for (int i = 0; i < Life.MostPending; i++)
        {
            await SubmitAsync(life, TimeSpan.FromDays(1));
        }

        Assert.IsType<SubmitOutcome.Busy>(await TrySubmitAsync(life, TimeSpan.FromDays(1)));
        EngineStats stats = life.Engine.GetStats();
        Assert.Equal((Life.MostPending, 0), (stats.Active[DelayedStart.Orchestration.Value], stats.Active[ExecutionActivities.Orchestration.Value]));
        Assert.Equal(Life.MostPending, (await life.Executions.CountByStatusAsync(None))[ExecutionStatus.Queued]);

        ExecutionRecord atOnce = await SubmitAsync(life, TimeSpan.Zero);
        Assert.Equal(ExecutionStatus.Completed, (await EndAsync(life, atOnce.Id)).Status);
    }

    [Fact]
    public async Task Stop_BeforeItsTime_KeepsItFromBeginningAndLeavesNobodyWaiting()
    {
        await using Life life = await StartAsync();
        ExecutionRecord accepted = await SubmitAsync(life, TimeSpan.FromHours(2));

        await life.Get<IExecutionService>().StopAsync(TenantId.Default, accepted.Id, None);

        Assert.Equal(0, life.Engine.GetStats().Active[DelayedStart.Orchestration.Value]);
        _clock.Advance(TimeSpan.FromHours(3));
        ExecutionRecord stopped = (await life.Executions.FindAsync(accepted.Id, None))!;
        Assert.Equal((ExecutionStatus.Cancelled, TimeSpan.Zero, 0), (stopped.Status, stopped.Duration, _provider.Jobs));
    }

    [Fact]
    public async Task Delete_BeforeItsTime_LeavesNothing()
    {
        await using Life life = await StartAsync();
        ExecutionRecord accepted = await SubmitAsync(life, TimeSpan.FromHours(2));

        Assert.True(await life.Get<IExecutionService>().DeleteAsync(TenantId.Default, accepted.Id, None));

        Assert.Null(await life.Engine.FindAsync(DelayedStart.InstanceOf(accepted.Id), None));
        Assert.Null(await life.Executions.FindAsync(accepted.Id, None));
    }

    [Fact]
    public async Task Rerun_OfOneThatBeganLater_BeginsAtOnce()
    {
        await using Life life = await StartAsync();
        ExecutionRecord accepted = await SubmitAsync(life, TimeSpan.FromHours(2));

        SubmitOutcome.Accepted again = Assert.IsType<SubmitOutcome.Accepted>(await life.Get<IExecutionService>().RerunAsync(TenantId.Default, accepted.Id, SubmittedBy.Author, null, None));

        Assert.False(again.Record.IsDelayed);
    }

    [Fact]
    public async Task Recovery_StoredWithoutAnybodyWhoWaits_GetsSomebody()
    {
        await using Life life = await StartAsync();
        ExecutionRecord record = ExecutionSamples.Queued() with { CreatedAt = _clock.GetUtcNow(), StartAt = _clock.GetUtcNow().AddHours(1) };
        await life.Executions.CreateAsync(record, ExecutionSamples.Spec(), null, None); // as a store and an engine that share no commit leave it

        Assert.Equal(1, await life.Get<ExecutionRecovery>().RunAsync(None));
        Assert.Equal(0, await life.Get<ExecutionRecovery>().RunAsync(None));

        Assert.Null(await life.Engine.FindAsync(record.Id.ToString(), None));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ExecutionStatus.Completed, (await EndAsync(life, record.Id)).Status);
    }

    [Fact]
    public async Task Batch_WithATime_IsScheduledAndBeginsThen()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider(), _clock);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(Later, BatchLife.Python("x"), BatchLife.Python("y"));
        Assert.Equal(BatchState.Scheduled, batch.State);

        Assert.Equal(BatchState.Paused, await ControlAsync(batches, batch, BatchActivities.Pause));
        Assert.Equal(BatchState.Scheduled, await ControlAsync(batches, batch, BatchActivities.Resume));
        Assert.Equal(BatchState.Scheduled, await ControlAsync(batches, batch, BatchActivities.Resume));
        Assert.All(await batches.ItemsAsync(batch), item => Assert.Equal(BatchItemState.Waiting, item.State));
        _clock.Advance(TimeSpan.FromHours(1));

        BatchSummary ended = await PassingAsync(batches.EndAsync(batch));
        Assert.Equal((BatchState.Completed, 2), (ended.Batch.State, ended.Tally.Done));
        Assert.True(ended.Batch.Worked < TimeSpan.FromHours(1), "the wait counts as work");
    }

    [Fact]
    public async Task Batch_CancelledBeforeItsTime_EndsAtOnce()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider(), _clock);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(Later, BatchLife.Python("x"));

        await ControlAsync(batches, batch, BatchActivities.Cancel);

        BatchSummary ended = await PassingAsync(batches.EndAsync(batch));
        Assert.Equal((BatchState.Cancelled, 1), (ended.Batch.State, ended.Tally.Cancelled));
    }

    [Fact]
    public async Task Batch_ASubmissionWithATimeOfItsOwn_IsRefused()
    {
        await using Life life = await StartAsync();

        BatchRefusedException refused = await Assert.ThrowsAsync<BatchRefusedException>(
            () => new BatchLife(life).StartAsync(new BatchSubmission("a", new Submission { Language = "python", Code = "x", DelayMs = 5 })));

        Assert.Contains("'delayMs'", refused.Message, StringComparison.Ordinal);
    }

    private static BatchDraft Later => new() { Suite = BatchLife.Echo, DelayMs = 3_600_000 };

    private static async Task<BatchState> ControlAsync(BatchLife batches, Batch batch, string command)
        => (await batches.Service.ControlAsync(TenantId.Default, batch.Id, command, None))!.Batch.State;

    private Task<Life> StartAsync() => Life.StartAsync(_data.FullName, _provider, _clock);

    private static Task<SubmitOutcome> TrySubmitAsync(Life life, TimeSpan delay)
        => life.Get<IExecutionService>().SubmitAsync(TenantId.Default, new Submission { Language = "python", Code = "print(1)", DelayMs = (long)delay.TotalMilliseconds }, null, None);

    private static async Task<ExecutionRecord> SubmitAsync(Life life, TimeSpan delay) => Assert.IsType<SubmitOutcome.Accepted>(await TrySubmitAsync(life, delay)).Record;

    private async Task<ExecutionRecord> EndAsync(Life life, ExecutionId id)
        => (await PassingAsync(life.Get<IExecutionService>().WaitAsync(TenantId.Default, id, TimeSpan.FromDays(365), None)))!;

    /// <summary>While a task is awaited, time goes by.</summary>
    private async Task<T> PassingAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        return await task;
    }
}
