using CodeExec.Contracts.Time;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems;
using CodeExec.Core.Schedules;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Schedules over the engine and the stores of the server, through restarts and crashes.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const string Hourly = "0 * * * *";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly ManualTimeProvider _clock = new();
    private readonly GradingProvider _provider = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Times_Come_EachStartsOneExecutionThatSaysWhereItIsFrom()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);

        for (int hour = 1; hour <= 3; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await RunsAsync(life, schedule, hour);
        }

        IReadOnlyList<ExecutionRecord> started = await StartedAsync(life, schedule);
        Assert.Equal(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"], started.Select(one => one.Labels[Schedule.TimeLabel]).Order());
        Assert.All(started, one => Assert.Equal(("v", ExecutionStatus.Completed), (one.Labels["own"], one.Status)));
    }

    [Fact]
    public async Task Update_TwoChangeOneMemberEachAtTheSameTime_BothAreChanged()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        ScheduleService service = life.Get<ScheduleService>();
        LateDocuments late = new(life.Get<IDocumentStore>());
        ScheduleStore store = new(late, life.Get<IBlobStore>(), life.Get<ISecretProtector>());
        ScheduleService other = new(store, life.Get<ScheduleRules>(), null!, null!, null!, life.Engine, null!, _clock);

        late.BeforeTheFirst = () => service.UpdateAsync(schedule.Tenant, schedule.Id, new ScheduleDraft { Cron = "30 * * * *" }, replaces: false, None);
        await other.UpdateAsync(schedule.Tenant, schedule.Id, new ScheduleDraft { Name = "named" }, replaces: false, None);

        Schedule changed = (await service.FindAsync(schedule.Tenant, schedule.Id, None))!;
        Assert.Equal(("named", "30 * * * *"), (changed.Name, changed.Cron));
    }

    [Theory]
    [InlineData("runOnce", RunOutcome.Started)]
    [InlineData("skip", RunOutcome.Missed)]
    public async Task Times_CameWhileNobodyWasThere_AreOneRunOrNone(string missed, RunOutcome expected)
    {
        Schedule schedule;
        await using (Life first = await StartAsync())
        {
            schedule = await CreateAsync(first, Hourly, draft => draft with { Missed = missed });
        }

        _clock.Advance(TimeSpan.FromHours(30.5));
        await using Life second = await StartAsync();
        ScheduleRun[] runs = await RunsAsync(second, schedule, 1);
        Assert.Equal((Hour(30), expected), (runs[0].For, runs[0].Outcome));

        _clock.Advance(TimeSpan.FromMinutes(30));
        runs = await RunsAsync(second, schedule, 2);
        Assert.Equal((Hour(31), RunOutcome.Started), (runs[1].For, runs[1].Outcome));
    }

    [Fact]
    public async Task Crash_BetweenStartAndItsRecord_StartsNothingASecondTime()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        _clock.Advance(TimeSpan.FromHours(1));
        await RunsAsync(life, schedule, 1);

        // What a crash leaves that comes after the start: the schedule as it was before.
        await life.Get<ScheduleStore>().ChangeAsync(TenantId.Default, schedule.Id, one => one with { Runs = [], After = schedule.After }, None);
        await life.Get<FireSchedule>().RunAsync(new ActivityContext("x", 1, 2), new ScheduleTick(TenantId.Default, schedule.Id, Hour(1)), None);

        ScheduleRun run = Assert.Single(await RunsAsync(life, schedule, 1));
        Assert.Equal(run.Execution, Assert.Single(await StartedAsync(life, schedule)).Id);
    }

    [Fact]
    public async Task Overlap_Skip_LeavesATimeOutWhileTheEarlierRunGoesOn()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);

        _clock.Advance(TimeSpan.FromMinutes(1));
        ScheduleRun[] runs = await RunsAsync(life, schedule, 2);
        Assert.Equal((RunOutcome.Skipped, $"execution {runs[0].Execution} had not ended."), (runs[1].Outcome, runs[1].Reason));

        held.SetResult();
        await EndAsync(life, runs[0]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunOutcome.Started, (await RunsAsync(life, schedule, 3))[2].Outcome);
    }

    [Fact]
    public async Task Overlap_Allow_StartsAnother()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *", draft => draft with { Overlap = "allow" });

        _clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.All(await RunsAsync(life, schedule, 2), run => Assert.Equal(RunOutcome.Started, run.Outcome));
        held.SetResult();
    }

    [Fact]
    public async Task Overlap_Replace_StopsTheEarlierRun()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *", draft => draft with { Overlap = "replace" });
        _clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);

        _clock.Advance(TimeSpan.FromMinutes(1));
        ScheduleRun[] runs = await RunsAsync(life, schedule, 2);

        Assert.Equal((RunOutcome.Started, $"In place of execution {runs[0].Execution}."), (runs[1].Outcome, runs[1].Reason));
        Assert.Equal(ExecutionStatus.Cancelled, (await EndAsync(life, runs[0])).Status);
        held.SetResult();
    }

    [Fact]
    public async Task Pause_OverATime_StartsNothingAndMakesUpForNothing()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        await life.Get<ScheduleService>().PauseAsync(TenantId.Default, schedule.Id, isPaused: true, None);
        _clock.Advance(TimeSpan.FromHours(5.5));
        await life.Get<ScheduleService>().PauseAsync(TenantId.Default, schedule.Id, isPaused: false, None);

        _clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Hour(6), Assert.Single(await RunsAsync(life, schedule, 1)).For);
    }

    [Fact]
    public async Task Update_OfItsTimes_CountsFromThenOn()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "@yearly");
        _clock.Advance(TimeSpan.FromMinutes(90));

        await life.Get<ScheduleService>().UpdateAsync(TenantId.Default, schedule.Id, new ScheduleDraft { Cron = Hourly }, replaces: false, None);
        _clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Hour(2), Assert.Single(await RunsAsync(life, schedule, 1)).For);
    }

    [Fact]
    public async Task Update_OfWhatItStarts_IsStartedNext()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        const string Other = """{"language":"python","code":"2","labels":{"own":"w"}}""";
        await life.Get<ScheduleService>().UpdateAsync(TenantId.Default, schedule.Id, new ScheduleDraft { Work = Execution(life, Other) }, replaces: false, None);

        _clock.Advance(TimeSpan.FromHours(1));
        await RunsAsync(life, schedule, 1);

        Assert.Equal("w", Assert.Single(await StartedAsync(life, schedule)).Labels["own"]);
        Assert.Single(await life.Get<IBlobStore>().ListAsync("schedules/", None).ToListAsync());
    }

    [Fact]
    public async Task EndsAt_Reached_NothingIsStartedAnyMore()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly, draft => draft with { EndsAt = "2026-01-01T02:00:00Z" });
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await RunsAsync(life, schedule, Math.Min(i + 1, 2));
        }

        Assert.Equal([Hour(1), Hour(2)], (await RunsAsync(life, schedule, 2)).Select(run => run.For));
        Assert.Empty((await life.Get<ScheduleStore>().FindAsync(TenantId.Default, schedule.Id, None))!.NextTimes());
    }

    [Fact]
    public async Task Delete_OfASchedule_LeavesNothingButWhatItStarted()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        _clock.Advance(TimeSpan.FromHours(1));
        ScheduleRun run = Assert.Single(await RunsAsync(life, schedule, 1));

        Assert.True(await life.Get<ScheduleService>().DeleteAsync(TenantId.Default, schedule.Id, None));
        Assert.False(await life.Get<ScheduleService>().DeleteAsync(TenantId.Default, schedule.Id, None));

        Assert.Null(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(schedule.Id), None));
        Assert.Null(await life.Get<ScheduleStore>().FindAsync(TenantId.Default, schedule.Id, None));
        Assert.Empty(await life.Get<IBlobStore>().ListAsync("schedules/", None).ToListAsync());
        Assert.NotNull(await life.Executions.FindAsync(run.Execution!.Value, None));
    }

    [Fact]
    public async Task Recovery_OfWhatACrashLeft_BeginsAndEndsIt()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly), deleted = await CreateAsync(life, Hourly);
        ScheduleStore store = life.Get<ScheduleStore>();
        Schedule stored = schedule with { Id = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n"), Work = await store.WriteWorkAsync(schedule.Id, "{}", None) };
        await store.CreateAsync(stored, None); // and not begun
        await store.ChangeAsync(TenantId.Default, deleted.Id, one => one with { IsDeleted = true }, None); // and nobody told
        await store.ChangeAsync(TenantId.Default, schedule.Id, one => one with { Cron = "30 * * * *" }, None); // and nobody told
        await store.WriteWorkAsync(Guid.NewGuid().ToString("n"), "{}", None); // and no schedule
        _clock.Advance(TimeSpan.FromMinutes(29));

        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(_clock.GetUtcNow(), Assert.Single(await RunsAsync(life, schedule, 1)).For);
        Assert.NotNull(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(stored.Id), None));
        Assert.Null(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(deleted.Id), None));
        Assert.Null(await store.FindAsync(TenantId.Default, deleted.Id, None));
        Assert.Equal(3, await life.Get<IBlobStore>().ListAsync("schedules/", None).CountAsync());
        _clock.Advance(TimeSpan.FromHours(2));
        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        Assert.Equal(2, await life.Get<IBlobStore>().ListAsync("schedules/", None).CountAsync()); // what belonged to nothing for long
    }

    [Fact]
    public async Task Batch_OfASchedule_IsMadeOnceATimeAndSaysWhereItIsFrom()
    {
        await using Life life = await StartAsync();
        const string Batch = """{"name":"nightly","tests":[{"stdin":"a","expected":"a"}],"submissions":[{"id":"ann","language":"python","code":"x"}]}""";
        Schedule schedule = await CreateAsync(life, Hourly, draft => draft with { Work = new DraftedWork(ScheduledKind.Batch, Batch, life.Get<IWorkForms>().Read(ScheduledKind.Batch, Batch)) });
        _clock.Advance(TimeSpan.FromHours(1));
        ScheduleRun run = Assert.Single(await RunsAsync(life, schedule, 1));

        await life.Get<ScheduleStore>().ChangeAsync(TenantId.Default, schedule.Id, one => one with { Runs = [], After = schedule.After }, None);
        await life.Get<FireSchedule>().RunAsync(new ActivityContext("x", 1, 2), new ScheduleTick(TenantId.Default, schedule.Id, Hour(1)), None);

        BatchSummary batch = Assert.Single((await life.Get<BatchService>().ListAsync(new BatchQuery { Tenant = TenantId.Default }, None)).Items);
        Assert.Equal((run.Batch, schedule.Id), (batch.Batch.Id, batch.Batch.Labels[Schedule.Label]));
        await PassingAsync(new BatchLife(life).EndAsync(batch.Batch));
        Assert.Equal(batch.Batch.Id.ToString(), Assert.Single(await StartedAsync(life, schedule)).Labels["batch"]);
    }

    [Fact]
    public async Task Work_ThatIsRefusedByNow_IsToldAndTheScheduleGoesOn()
    {
        await using Life life = await StartAsync();
        ProblemCatalog problems = life.Get<ProblemCatalog>();
        await problems.SaveAsync(TenantId.Default, new ProblemDraft { Id = "p", Title = "P", Suite = BatchLife.Echo }, true, None);
        Schedule schedule = await CreateAsync(life, Hourly, draft => draft with { Work = Execution(life, """{"language":"python","code":"1","problem":{"id":"p"}}""") });
        await problems.DeleteAsync(TenantId.Default, "p", None);

        _clock.Advance(TimeSpan.FromHours(1));
        ScheduleRun refused = Assert.Single(await RunsAsync(life, schedule, 1));

        Assert.Equal(RunOutcome.Refused, refused.Outcome);
        Assert.Contains("problem", refused.Reason, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await RunsAsync(life, schedule, 2)).Length);
    }

    [Fact]
    public async Task RunNow_UnderOneKey_IsOneRunBesidesItsTimes()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        ScheduleService service = life.Get<ScheduleService>();
        await service.PauseAsync(TenantId.Default, schedule.Id, isPaused: true, None);

        (ScheduleRun first, _) = (await service.RunNowAsync(TenantId.Default, schedule.Id, "k", None))!.Value;
        (ScheduleRun again, _) = (await service.RunNowAsync(TenantId.Default, schedule.Id, "k", None))!.Value;
        (ScheduleRun other, _) = (await service.RunNowAsync(TenantId.Default, schedule.Id, null, None))!.Value;

        Assert.Equal(first.Execution, again.Execution);
        Assert.NotEqual(first.Execution, other.Execution);
        Assert.Equal([first.Execution, other.Execution], (await RunsAsync(life, schedule, 2)).Select(run => run.Execution));
    }

    private Task<Life> StartAsync() => StartAsync(_data.FullName);

    private async Task<Life> StartAsync(string data)
    {
        Life life = await Life.StartAsync(data, _provider, _clock);
        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        return life;
    }

    private static async Task<Schedule> CreateAsync(Life life, string cron, Func<ScheduleDraft, ScheduleDraft>? change = null)
    {
        ScheduleDraft draft = new() { Cron = cron, Work = Execution(life, """{"language":"python","code":"1","labels":{"own":"v"},"limits":{"wallTimeMs":600000},"tests":[{"stdin":"a","expected":"a"}]}""") };
        ScheduleOutcome outcome = await life.Get<ScheduleService>().CreateAsync(TenantId.Default, change?.Invoke(draft) ?? draft, null, None);
        return Assert.IsType<ScheduleOutcome.Saved>(outcome).Schedule;
    }

    private static DraftedWork Execution(Life life, string json) => new(ScheduledKind.Execution, json, life.Get<IWorkForms>().Read(ScheduledKind.Execution, json));

    /// <summary>Programs go on until it is set.</summary>
    private TaskCompletionSource Hold()
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = (_, _) => held.Task;
        return held;
    }

    private static DateTimeOffset Hour(int hour) => new ManualTimeProvider().GetUtcNow().AddHours(hour);

    /// <summary>As soon as there are so many; and what they started has ended, unless it is held.</summary>
    private async Task<ScheduleRun[]> RunsAsync(Life life, Schedule schedule, int count)
    {
        while (true)
        {
            Schedule now = (await life.Get<ScheduleStore>().FindAsync(TenantId.Default, schedule.Id, None))!;
            if (now.Runs.Count >= count)
            {
                foreach (ScheduleRun run in now.Runs.Where(run => run.Execution is not null && _provider.OnTest("", 0).IsCompleted))
                {
                    await EndAsync(life, run);
                }

                Assert.Equal(count, now.Runs.Count);
                await PlannedAsync(life, schedule);
                return [.. now.Runs];
            }

            _clock.Advance(TimeSpan.FromTicks(1));
            await Task.Yield();
        }
    }

    /// <summary>It waits for its next time, or for a change: time that goes by before would be time in which it was not there.</summary>
    private static async Task PlannedAsync(Life life, Schedule schedule)
    {
        while (life.Engine.GetStats().RunningActivities.Where(activity => activity.Key.StartsWith("schedule.", StringComparison.Ordinal)).Sum(activity => activity.Value) > 0
            || (await life.Engine.FindAsync(ScheduleActivities.InstanceOf(schedule.Id), None))!.State != InstanceState.Running)
        {
            await Task.Yield();
        }
    }

    private async Task<ExecutionRecord> EndAsync(Life life, ScheduleRun run)
        => (await PassingAsync(life.Get<IExecutionService>().WaitAsync(TenantId.Default, run.Execution!.Value, TimeSpan.FromDays(365), None)))!;

    private static async Task<IReadOnlyList<ExecutionRecord>> StartedAsync(Life life, Schedule schedule)
        => (await life.Executions.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Labels = [new(Schedule.Label, schedule.Id)] }, None)).Items;

    /// <summary>While a task is awaited, time goes by.</summary>
    private async Task<T> PassingAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromTicks(10));
            await Task.Yield();
        }

        return await task;
    }
}
