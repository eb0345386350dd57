using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Tenants;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class ScheduleHistoryTests() : HistoryComparison<ScheduleOrchestration, ScheduleStart, bool>(ScheduleActivities.Orchestration, new ScheduleStart(TenantId.Default, "nightly"))
{
    [Fact]
    public Task Schedule_IsGone_IsTheSameOverDurable() => CompareAsync(Activities(_ => new SchedulePlan(null, IsGone: true)), true, 2);

    [Fact]
    public async Task Schedule_ThreeTimesCome_EachIsARunOfItsOwnAndTheSameOverDurable()
    {
        List<DateTimeOffset> fired = [];
        List<int> decisions = [];
        await CompareAsync(
            Activities(
                call => call < 3 ? new SchedulePlan(Start.AddHours(call + 1)) : new SchedulePlan(null, IsGone: true),
                async at =>
                {
                    fired.Add(at);
                    decisions.Add(await CompareSoFarAsync());
                    return null;
                }),
            true,
            2);

        Assert.Equal([Start.AddHours(1), Start.AddHours(2), Start.AddHours(3)], fired);
        Assert.All(decisions, count => Assert.InRange(count, 2, 3)); // planned, slept if its time had not passed yet, fired: a history that does not grow
    }

    [Fact]
    public async Task Schedule_ThereIsNoRoom_WaitsAndTriesAgainAndIsTheSameOverDurable()
    {
        int calls = 0, decisions = 0;
        await CompareAsync(
            Activities(
                call => call < 1 ? new SchedulePlan(Start.AddMinutes(1)) : new SchedulePlan(null, IsGone: true),
                async _ =>
                {
                    decisions = await CompareSoFarAsync();
                    return ++calls < 3 ? TimeSpan.FromSeconds(5) : null;
                }),
            true,
            2);

        Assert.Equal(3, calls);
        Assert.InRange(decisions, 6, 7); // slept before the first if its time had not passed yet
    }

    [Fact]
    public async Task Schedule_HasNothingToWaitFor_WaitsForAChangeAndIsTheSameOverDurable()
    {
        TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int planned = 0;
        await CompareAsync(
            Activities(call =>
            {
                planned = call + 1;
                paused.TrySetResult();
                return new SchedulePlan(null, IsGone: call == 1);
            }),
            true,
            2,
            async raise =>
            {
                await paused.Task;
                await raise(ScheduleActivities.ChangedEvent, "");
            });

        Assert.Equal(2, planned);
    }

    [Fact]
    public Task Schedule_IsChangedWhileItWaitsForYears_LooksAgainAndIsTheSameOverDurable()
    {
        TaskCompletionSource planned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(call =>
            {
                planned.TrySetResult();
                return call == 0 ? new SchedulePlan(Start.AddYears(100)) : new SchedulePlan(null, IsGone: true);
            }),
            true,
            2,
            async raise =>
            {
                await planned.Task;
                await raise(ScheduleActivities.ChangedEvent, "");
            });
    }

    [Fact]
    public async Task Schedule_StoreIsAwayForLong_GoesOnAfterwardsAndIsTheSameOverDurable()
    {
        int calls = 0;
        await CompareAsync(Activities(_ => ++calls <= 15 ? throw new IOException("away") : new SchedulePlan(null, IsGone: true)), true, null);

        Assert.Equal(16, calls);
    }

    private static OrchestrationRegistry Activities(Func<int, SchedulePlan> plan, Func<DateTimeOffset, Task<TimeSpan?>>? fire = null)
    {
        int calls = 0;
        return new OrchestrationRegistry()
            .Activity(ScheduleActivities.Plan, (_, _, _) => Task.FromResult(plan(calls++)))
            .Activity(ScheduleActivities.Fire, (_, tick, _) => fire?.Invoke(tick.At) ?? throw new InvalidOperationException("fired"));
    }
}
