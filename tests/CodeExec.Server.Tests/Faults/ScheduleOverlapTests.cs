using CodeExec.Core.Executions;
using CodeExec.Core.Schedules;

namespace CodeExec.Server.Tests.Faults;

/// <summary>A time comes while the run of the one before goes on.</summary>
public sealed class ScheduleOverlapTests : ScheduleLife
{
    [Fact]
    public async Task Overlap_Skip_LeavesATimeOutWhileTheEarlierRunGoesOn()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);

        Clock.Advance(TimeSpan.FromMinutes(1));
        ScheduleRun[] runs = await RunsAsync(life, schedule, 2);
        Assert.Equal((RunOutcome.Skipped, $"execution {runs[0].Execution} had not ended."), (runs[1].Outcome, runs[1].Reason));

        held.SetResult();
        await EndAsync(life, runs[0]);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunOutcome.Started, (await RunsAsync(life, schedule, 3))[2].Outcome);
    }

    [Fact]
    public async Task Overlap_Allow_StartsAnother()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *", draft => draft with { Overlap = "allow" });

        Clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.All(await RunsAsync(life, schedule, 2), run => Assert.Equal(RunOutcome.Started, run.Outcome));
        held.SetResult();
    }

    [Fact]
    public async Task Overlap_Replace_StopsTheEarlierRun()
    {
        TaskCompletionSource held = Hold();
        await using Life life = await StartAsync();
        Schedule schedule = await CreateAsync(life, "* * * * *", draft => draft with { Overlap = "replace" });
        Clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(life, schedule, 1);

        Clock.Advance(TimeSpan.FromMinutes(1));
        ScheduleRun[] runs = await RunsAsync(life, schedule, 2);

        Assert.Equal((RunOutcome.Started, $"In place of execution {runs[0].Execution}."), (runs[1].Outcome, runs[1].Reason));
        Assert.Equal(ExecutionStatus.Cancelled, (await EndAsync(life, runs[0])).Status);
        held.SetResult();
    }
}
