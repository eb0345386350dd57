using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task RaiseEventAsync_BeforeItIsAwaited_IsKeptInOrder()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            await context.WaitForEventAsync<int>("begin");
            int first = await context.WaitForEventAsync<int>("n");
            int second = await context.WaitForEventAsync<int>("n");
            return (10 * first) + second;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Engine.RaiseEventAsync("one", "n", 4, CancellationToken.None);
        await Engine.RaiseEventAsync("one", "n", 2, CancellationToken.None);
        await Harness.RestartAsync();
        await Engine.RaiseEventAsync("one", "begin", 0, CancellationToken.None);

        Assert.Equal("42", (await EndAsync()).Output);
    }

    [Fact]
    public async Task RaiseEventAsync_NobodyThere_SaysSo()
    {
        await Harness.StartAsync(Registry((_, n) => Task.FromResult(n)));
        await RunAsync();

        Assert.False(await Engine.RaiseEventAsync("one", "n", 1, CancellationToken.None));
        Assert.False(await Engine.RaiseEventAsync("nobody", "n", 1, CancellationToken.None));
    }

    [Fact]
    public async Task RaiseEventAsync_InstanceWaitsForItsTurn_TheEventIsThereWhenItBegins()
    {
        await Harness.StartAsync(Registry(async (context, _) => await context.WaitForEventAsync<int>("n"), new OrchestrationLimits(MaxActive: 1)));
        await Engine.StartAsync(Main, "first", 0, null, CancellationToken.None);
        await Engine.StartAsync(Main, "second", 0, null, CancellationToken.None);
        bool kept = await Engine.RaiseEventAsync("second", "n", 2, CancellationToken.None);
        InstanceStatus waiting = (await Engine.FindAsync("second", CancellationToken.None))!;
        await Engine.RaiseEventAsync("first", "n", 1, CancellationToken.None);

        Assert.True(kept);
        Assert.Equal(InstanceState.Pending, waiting.State);
        Assert.Equal("2", (await EndAsync("second")).Output);
    }

    [Fact]
    public async Task WaitForEventAsync_Cancelled_TheEventIsLeftForTheNextWait()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            using CancellationTokenSource giveUp = new();
            Task<int> wait = context.WaitForEventAsync<int>("n", giveUp.Token);
            await context.CallActivityAsync(Note, "something else");
            giveUp.Cancel();
            try
            {
                return await wait;
            }
            catch (OperationCanceledException)
            {
                context.SetCustomStatus("gave up");
                return 100 + await context.WaitForEventAsync<int>("n");
            }
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Soon(Task.Run(async () =>
        {
            while ((await Engine.FindAsync("one", CancellationToken.None))!.CustomStatus is null)
            {
                await Task.Yield();
            }
        }));
        await Harness.RestartAsync();
        await Engine.RaiseEventAsync("one", "other", 9, CancellationToken.None);
        await Engine.RaiseEventAsync("one", "n", 1, CancellationToken.None);

        Assert.Equal("101", (await EndAsync()).Output);
    }

    [Fact]
    public async Task RaiseEventAsync_PayloadOfAnotherType_TheCodeDecides()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            try
            {
                return await context.WaitForEventAsync<int>("n");
            }
            catch (System.Text.Json.JsonException)
            {
                return -1;
            }
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Engine.RaiseEventAsync("one", "n", "not a number", CancellationToken.None);

        Assert.Equal("-1", (await EndAsync()).Output);
    }

    [Fact]
    public async Task RaiseEventAsync_ManyAtOnce_NoneIsLost()
    {
        await Harness.StartAsync(Registry(async (context, count) =>
        {
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += await context.WaitForEventAsync<int>("n");
            }
            return sum;
        }));
        await Engine.StartAsync(Main, "one", 200, null, CancellationToken.None);
        await Soon(Task.WhenAll(Enumerable.Range(1, 200).Select(n => Task.Run(() => Engine.RaiseEventAsync("one", "n", n, CancellationToken.None)))));

        Assert.Equal("20100", (await EndAsync()).Output);
    }
}
