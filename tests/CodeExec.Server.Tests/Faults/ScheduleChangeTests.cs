using CodeExec.Core.Schedules;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Schedules that are changed, paused, over or deleted.</summary>
public sealed class ScheduleChangeTests : ScheduleLife
{
    [Fact]
    public async Task Pause_OverATime_StartsNothingAndMakesUpForNothing()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        await life.Get<ScheduleService>().PauseAsync(TenantId.Default, schedule.Id, isPaused: true, None);
        Clock.Advance(TimeSpan.FromHours(5.5));
        await life.Get<ScheduleService>().PauseAsync(TenantId.Default, schedule.Id, isPaused: false, None);

        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Hour(6), Assert.Single(await RunsAsync(life, schedule, 1)).For);
    }

    [Fact]
    public async Task Update_OfItsTimes_CountsFromThenOn()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "@yearly");
        Clock.Advance(TimeSpan.FromMinutes(90));

        await life.Get<ScheduleService>().UpdateAsync(TenantId.Default, schedule.Id, new ScheduleDraft { Cron = Hourly }, replaces: false, None);
        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(Hour(2), Assert.Single(await RunsAsync(life, schedule, 1)).For);
    }

    [Fact]
    public async Task Update_OfWhatItStarts_IsStartedNext()
    {
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, Hourly);
        const string Other = """{"language":"python","code":"2","labels":{"own":"w"}}""";
        await life.Get<ScheduleService>().UpdateAsync(TenantId.Default, schedule.Id, new ScheduleDraft { Work = Execution(life, Other) }, replaces: false, None);

        Clock.Advance(TimeSpan.FromHours(1));
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
            Clock.Advance(TimeSpan.FromHours(1));
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
        Clock.Advance(TimeSpan.FromHours(1));
        ScheduleRun run = Assert.Single(await RunsAsync(life, schedule, 1));

        Assert.True(await life.Get<ScheduleService>().DeleteAsync(TenantId.Default, schedule.Id, None));
        Assert.False(await life.Get<ScheduleService>().DeleteAsync(TenantId.Default, schedule.Id, None));

        Assert.Null(await life.Engine.FindAsync(ScheduleActivities.InstanceOf(schedule.Id), None));
        Assert.Null(await life.Get<ScheduleStore>().FindAsync(TenantId.Default, schedule.Id, None));
        Assert.Empty(await life.Get<IBlobStore>().ListAsync("schedules/", None).ToListAsync());
        Assert.NotNull(await life.Executions.FindAsync(run.Execution!.Value, None));
    }
}
