namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task ContinueAsNew_CountsDown_EndsWithTheLastRun()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.CallActivityAsync(Note, $"{n}");
            if (n > 0)
            {
                context.ContinueAsNew(n - 1);
            }
            return n;
        }));

        Assert.Equal("0", (await RunAsync(3)).Output);
        Assert.Equal(["3 #1", "2 #1", "1 #1", "0 #1"], Done);
    }

    [Fact]
    public async Task ContinueAsNew_EventsNotYetAwaited_AreKept()
    {
        await Harness.StartAsync(Registry(async (context, sum) =>
        {
            int n = await context.WaitForEventAsync<int>("n");
            if (n == 0)
            {
                return sum;
            }
            context.ContinueAsNew(sum + n);
            return 0;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        foreach (int n in new[] { 1, 2, 3, 4, 5 })
        {
            await Engine.RaiseEventAsync("one", "n", n, CancellationToken.None);
            if (n == 3)
            {
                await Harness.RestartAsync();
            }
        }
        await Engine.RaiseEventAsync("one", "n", 0, CancellationToken.None);

        Assert.Equal("15", (await EndAsync()).Output);
    }

    [Fact]
    public async Task ContinueAsNew_EffectsOfTwoRuns_HaveDifferentKeys()
    {
        List<(string, int, int)> keys = [];
        List<Guid> ids = [];
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            ids.Add(context.NewGuid());
            await context.CallActivityAsync(Work, n);
            if (n > 0)
            {
                context.ContinueAsNew(n - 1);
            }
            return 0;
        }).Activity(Work, (context, n, _) =>
        {
            keys.Add((context.InstanceId, context.TaskId, context.Attempt));
            return Task.FromResult(n);
        }));
        await RunAsync(4);

        Assert.Equal(5, keys.Distinct().Count());
        Assert.Equal(5, ids.Distinct().Count());
    }
}
