using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task TerminateAsync_ActivityIsRunning_ItIsCalledOffAndNothingFollows()
    {
        TaskCompletionSource begun = Signal();
        TaskCompletionSource calledOff = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            try
            {
                return await context.CallActivityAsync(Work, n);
            }
            finally
            {
                await context.CallActivityAsync(Note, "must not run");
            }
        }).Activity(Work, async (_, n, cancellationToken) =>
        {
            await using CancellationTokenRegistration told = cancellationToken.Register(calledOff.SetResult);
            begun.SetResult();
            await calledOff.Task;
            return n;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Soon(begun.Task);
        await Engine.TerminateAsync("one", "because", CancellationToken.None);
        InstanceStatus ended = await EndAsync();
        await Soon(calledOff.Task);

        Assert.Equal((InstanceState.Terminated, "because"), (ended.State, ended.Failure!.Message));
        Assert.Empty(Done);
    }

    [Fact]
    public async Task TerminateAsync_InstanceWaitsForItsTurn_NeverBegins()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.CallActivityAsync(Note, $"{n} began");
            return await context.WaitForEventAsync<int>("go");
        }, new OrchestrationLimits(MaxActive: 1)));
        await Engine.StartAsync(Main, "first", 1, null, CancellationToken.None);
        await Engine.StartAsync(Main, "second", 2, null, CancellationToken.None);
        await Engine.TerminateAsync("second", "no need", CancellationToken.None);
        InstanceStatus ended = await EndAsync("second");
        await Engine.RaiseEventAsync("first", "go", 0, CancellationToken.None);
        await EndAsync("first");

        Assert.Equal(InstanceState.Terminated, ended.State);
        Assert.Equal(["1 began #1"], Done);
        Assert.Equal((0, 0), (Engine.GetStats().Pending["Main"], Engine.GetStats().Active["Main"]));
    }

    [Fact]
    public async Task TerminateAsync_EndedOrUnknown_ChangesNothing()
    {
        await Harness.StartAsync(Registry((_, n) => Task.FromResult(n)));
        await RunAsync(4);
        await Engine.TerminateAsync("one", "late", CancellationToken.None);
        await Engine.TerminateAsync("nobody", "late", CancellationToken.None);

        Assert.Equal((InstanceState.Completed, "4"), (await EndAsync()) switch { var ended => (ended.State, ended.Output) });
    }

    [Fact]
    public async Task TerminateAsync_RacesWithTheEnd_OneTerminalStateWins()
    {
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, (_, n, _) => Task.FromResult(n)));
        for (int i = 0; i < 50; i++)
        {
            string id = $"i{i}";
            await Engine.StartAsync(Main, id, i, null, CancellationToken.None);
            await Task.WhenAll(Task.Run(() => Engine.TerminateAsync(id, "race", CancellationToken.None)), Task.Run(() => Engine.TerminateAsync(id, "race", CancellationToken.None)));
            InstanceStatus seen = await EndAsync(id);

            Assert.True(seen.State == InstanceState.Terminated || seen.Output == $"{i}");
            Assert.Equal(seen.State, (await Engine.FindAsync(id, CancellationToken.None))!.State);
        }
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }
}
