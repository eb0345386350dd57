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
public sealed class ScheduleTests : ScheduleLife
{
    [Fact]
    public async Task Times_Come_EachStartsOneExecutionThatSaysWhereItIsFrom()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);

        for (int hour = 1; hour <= 3; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
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
        ScheduleService other = new(store, life.Get<ScheduleRules>(), null!, null!, null!, life.Engine, null!, Clock);

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

        Clock.Advance(TimeSpan.FromHours(30.5));
        await using Life second = await StartAsync();
        ScheduleRun[] runs = await RunsAsync(second, schedule, 1);
        Assert.Equal((Hour(30), expected), (runs[0].For, runs[0].Outcome));

        Clock.Advance(TimeSpan.FromMinutes(30));
        runs = await RunsAsync(second, schedule, 2);
        Assert.Equal((Hour(31), RunOutcome.Started), (runs[1].For, runs[1].Outcome));
    }

    [Fact]
    public async Task Crash_BetweenStartAndItsRecord_StartsNothingASecondTime()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        Clock.Advance(TimeSpan.FromHours(1));
        await RunsAsync(life, schedule, 1);

        // What a crash leaves that comes after the start: the schedule as it was before.
        await life.Get<ScheduleStore>().ChangeAsync(TenantId.Default, schedule.Id, one => one with { Runs = [], After = schedule.After }, None);
        await life.Get<FireSchedule>().RunAsync(new ActivityContext("x", 1, 2), new ScheduleTick(TenantId.Default, schedule.Id, Hour(1)), None);

        ScheduleRun run = Assert.Single(await RunsAsync(life, schedule, 1));
        Assert.Equal(run.Execution, Assert.Single(await StartedAsync(life, schedule)).Id);
    }

    [Fact]
    public async Task Recovery_OfWhatACrashLeft_BeginsAndEndsIt()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly), deleted = await CreateAsync(life, Hourly);
        ScheduleStore store = life.Get<ScheduleStore>();
        Schedule stored = schedule with { Id = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("n"), Work = await store.WriteWorkAsync(schedule.Id, "{}", None) };
        await store.CreateAsync(stored, None); // and not begun
        await store.ChangeAsync(TenantId.Default, deleted.Id, one => one with { IsDeleted = true }, None); // and nobody told
        await store.ChangeAsync(TenantId.Default, schedule.Id, one => one with { Cron = "30 * * * *" }, None); // and nobody told
        await store.WriteWorkAsync(Guid.NewGuid().ToString("n"), "{}", None); // and no schedule
        Clock.Advance(TimeSpan.FromMinutes(29));

        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Clock.GetUtcNow(), Assert.Single(await RunsAsync(life, schedule, 1)).For);
        Assert.NotNull(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(stored.Id), None));
        Assert.Null(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(deleted.Id), None));
        Assert.Null(await store.FindAsync(TenantId.Default, deleted.Id, None));
        Assert.Equal(3, await life.Get<IBlobStore>().ListAsync("schedules/", None).CountAsync());
        Clock.Advance(TimeSpan.FromHours(2));
        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        Assert.Equal(2, await life.Get<IBlobStore>().ListAsync("schedules/", None).CountAsync()); // what belonged to nothing for long
    }

    [Fact]
    public async Task Batch_OfASchedule_IsMadeOnceATimeAndSaysWhereItIsFrom()
    {
        await using Life life = await StartAsync();
        const string Batch = """{"name":"nightly","tests":[{"stdin":"a","expected":"a"}],"submissions":[{"id":"ann","language":"python","code":"x"}]}""";
        Schedule schedule = await CreateAsync(life, Hourly, draft => draft with { Work = new DraftedWork(ScheduledKind.Batch, Batch, life.Get<IWorkForms>().Read(ScheduledKind.Batch, Batch)) });
        Clock.Advance(TimeSpan.FromHours(1));
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

        Clock.Advance(TimeSpan.FromHours(1));
        ScheduleRun refused = Assert.Single(await RunsAsync(life, schedule, 1));

        Assert.Equal(RunOutcome.Refused, refused.Outcome);
        Assert.Contains("problem", refused.Reason, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromHours(1));
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
}
