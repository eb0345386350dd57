using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task CreateTimerAsync_ItsTimeComes_Fires()
    {
        await Harness.StartAsync(Registry(async (context, minutes) =>
        {
            DateTimeOffset begun = context.CurrentUtc;
            await context.CreateTimerAsync(begun.AddMinutes(minutes));
            return (int)(context.CurrentUtc - begun).TotalMinutes;
        }));
        await Engine.StartAsync(Main, "one", 90, null, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromMinutes(89));
        InstanceStatus before = (await Engine.FindAsync("one", CancellationToken.None))!;
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(InstanceState.Running, before.State);
        Assert.Equal("90", (await EndAsync()).Output);
    }

    [Fact]
    public async Task CreateTimerAsync_HostRestartsMeanwhile_FiresAtItsTime()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            DateTimeOffset begun = context.CurrentUtc;
            await context.CreateTimerAsync(begun.AddMinutes(10));
            return (int)(context.CurrentUtc - begun).TotalMinutes;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        Clock.Advance(TimeSpan.FromMinutes(4));
        await Harness.RestartAsync();
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("10", (await EndAsync()).Output);
    }

    [Fact]
    public async Task CreateTimerAsync_ItsTimePassedWhileTheHostWasDown_FiresAtOnce()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtc.AddMinutes(10));
            return 1;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        Clock.SetUtcNow(Clock.GetUtcNow().AddDays(1));
        await Harness.RestartAsync();
        InstanceStatus? ended = await PassTimeUntilAsync(Engine.WaitForEndAsync("one", CancellationToken.None), TimeSpan.FromTicks(1));

        Assert.Equal(InstanceState.Completed, ended!.State);
    }

    [Fact]
    public async Task CreateTimerAsync_CancelledBecauseTheWorkWasFaster_DoesNotHoldTheEnd()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            using CancellationTokenSource enough = new();
            Task deadline = context.CreateTimerAsync(context.CurrentUtc.AddDays(30), enough.Token);
            Task<int> work = context.CallActivityAsync(Work, n);
            Task first = await Task.WhenAny(work, deadline);
            enough.Cancel();
            return first == work ? await work : -1;
        }).Activity(Work, (_, n, _) => Task.FromResult(n)));

        Assert.Equal("3", (await RunAsync(3)).Output);
        Assert.Equal(0, Clock.PendingTimers);
    }

    [Fact]
    public async Task CreateTimerAsync_DeadlineBeforeTheWork_TheDeadlineWins()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            Task deadline = context.CreateTimerAsync(context.CurrentUtc.AddMinutes(5));
            return await Task.WhenAny(context.WaitForEventAsync<int>("never"), deadline) == deadline ? n : -1;
        }));
        await Engine.StartAsync(Main, "one", 5, null, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("5", (await EndAsync()).Output);
    }

    [Fact]
    public async Task CreateTimerAsync_ManyOfManyInstances_AllFireInTheirOrder()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.CreateTimerAsync(context.CurrentUtc.AddSeconds(n));
            return n;
        }));
        await Task.WhenAll(Enumerable.Range(1, 100).Select(n => Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None)));
        Task<InstanceStatus[]> all = Task.WhenAll(Enumerable.Range(1, 100).Select(n => EndAsync($"i{n}")));
        InstanceStatus[] ended = await PassTimeUntilAsync(all, TimeSpan.FromSeconds(1));

        Assert.All(ended, item => Assert.Equal(InstanceState.Completed, item.State));
        Assert.All(ended, item => Assert.True(item.UpdatedAt >= item.CreatedAt.AddSeconds(int.Parse(item.Output!, null))));
    }
}
