using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task StartAsync_MoreThanMayBeActive_TheOthersWaitAndAreCounted()
    {
        await Harness.StartAsync(Registry(async (context, _) => await context.WaitForEventAsync<int>("go"), new OrchestrationLimits(MaxActive: 2)));
        for (int n = 0; n < 5; n++)
        {
            await Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None);
        }
        EngineStats stats = Engine.GetStats();
        InstancePage waiting = await Engine.ListAsync(new(InstanceState.Pending), CancellationToken.None);

        Assert.Equal((3, 2), (stats.Pending["Main"], stats.Active["Main"]));
        Assert.Equal(["i4", "i3", "i2"], waiting.Items.Select(item => item.InstanceId));
    }

    [Fact]
    public async Task StartAsync_PlaceBecomesFree_HighestPriorityThenOldestBegins()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.CallActivityAsync(Note, $"{n}");
            return n == 0 ? await context.WaitForEventAsync<int>("go") : n;
        }, new OrchestrationLimits(MaxActive: 1)));
        foreach ((int n, int priority) in new[] { (0, 0), (1, 0), (2, 0), (3, 7), (4, 7), (5, -1) })
        {
            await Engine.StartAsync(Main, $"i{n}", n, new StartOptions(priority), CancellationToken.None);
        }
        await Engine.RaiseEventAsync("i0", "go", 0, CancellationToken.None);
        await EndAsync("i5");

        Assert.Equal(["0 #1", "3 #1", "4 #1", "1 #1", "2 #1", "5 #1"], Done);
    }

    [Fact]
    public async Task StartAsync_TooManyWait_IsRefusedAndAcceptedLater()
    {
        await Harness.StartAsync(Registry(async (context, _) => await context.WaitForEventAsync<int>("go"), new OrchestrationLimits(MaxActive: 1, MaxPending: 2)));
        for (int n = 0; n < 3; n++)
        {
            await Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None);
        }
        EngineBusyException refused = await Assert.ThrowsAsync<EngineBusyException>(() => Engine.StartAsync(Main, "i3", 3, null, CancellationToken.None));
        bool repeated = await Engine.StartAsync(Main, "i2", 2, null, CancellationToken.None);
        await Engine.RaiseEventAsync("i0", "go", 0, CancellationToken.None);
        await EndAsync("i0");
        await Engine.RaiseEventAsync("i1", "go", 0, CancellationToken.None);
        await EndAsync("i1");

        Assert.Equal("Main", refused.Orchestration);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.False(repeated);
        Assert.Null(await Engine.FindAsync("i3", CancellationToken.None));
        Assert.True(await Engine.StartAsync(Main, "i3", 3, null, CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_ManyWaitAndTheHostRestarts_AllRunOnce()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.WaitForEventAsync<int>("go");
            await context.CallActivityAsync(Note, $"{n}");
            return n;
        }, new OrchestrationLimits(MaxActive: 4)));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None)));
        await Task.WhenAll(Enumerable.Range(50, 50).Select(n => Engine.RaiseEventAsync($"i{n}", "go", 0, CancellationToken.None)));
        await Harness.RestartAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Engine.RaiseEventAsync($"i{n}", "go", 0, CancellationToken.None)));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => EndAsync($"i{n}")));

        Assert.Equal(100, Done.Select(line => line.Split(' ')[0]).Distinct().Count());
        Assert.Equal((0, 0), (Engine.GetStats().Pending["Main"], Engine.GetStats().Active["Main"]));
    }
}
