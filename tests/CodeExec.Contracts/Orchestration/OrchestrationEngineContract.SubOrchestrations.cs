using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task CallSubOrchestrationAsync_AThousandAtOnce_AllResultsComeBack()
    {
        await Harness.StartAsync(Registry(async (context, count) => (await Task.WhenAll(Enumerable.Range(1, count).Select(n => context.CallSubOrchestrationAsync(Child, n)))).Sum())
            .Orchestration(Child, async (context, n) => await context.CallActivityAsync(Work, n), new OrchestrationLimits(MaxActive: 100, MaxPending: 10))
            .Activity(Work, (_, n, _) => Task.FromResult(2 * n)));

        Assert.Equal("1001000", (await RunAsync(1000)).Output);
        Assert.Equal((0, 0), (Engine.GetStats().Pending["Child"], Engine.GetStats().Active["Child"]));
    }

    [Fact]
    public async Task CallSubOrchestrationAsync_ChildFails_TheParentMayCatchIt()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            try
            {
                return await context.CallSubOrchestrationAsync(Child, n, "the child");
            }
            catch (SubOrchestrationFailedException e)
            {
                await context.CallActivityAsync(Note, $"{e.InstanceId}: {e.Failure.Message}");
                return -1;
            }
        }).Orchestration(Child, (_, _) => throw new InvalidOperationException("as it should")));

        Assert.Equal("-1", (await RunAsync()).Output);
        Assert.Equal(["the child: as it should #1"], Done);
        Assert.Equal(InstanceState.Failed, (await Engine.FindAsync("the child", CancellationToken.None))!.State);
    }

    [Fact]
    public async Task CallSubOrchestrationAsync_IdBelongsToAnother_ThatCallFails()
    {
        await Harness.StartAsync(Registry(async (context, n) => await context.CallSubOrchestrationAsync(Child, n, "taken")).Orchestration(Child, (_, n) => Task.FromResult(n)));
        await Engine.StartAsync(Child, "taken", 0, null, CancellationToken.None);
        await EndAsync("taken");
        InstanceStatus ended = await RunAsync();

        Assert.Equal(InstanceState.Failed, ended.State);
        Assert.Contains("taken", ended.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallSubOrchestrationAsync_HostRestartsInBetween_TheParentGetsTheResultOnce()
    {
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            int[] results = await Task.WhenAll(context.CallSubOrchestrationAsync(Child, 1), context.CallSubOrchestrationAsync(Child, 2));
            await context.CallActivityAsync(Note, $"got {results.Sum()}");
            return n;
        }).Orchestration(Child, async (context, n) => n == 1 ? n : await context.CallActivityAsync(Work, n)).Activity(Work, async (context, n, _) =>
        {
            if (context.Attempt == 1)
            {
                await held.Task;
            }
            return n;
        }));
        await Engine.StartAsync(Main, "one", 3, null, CancellationToken.None);
        await EndAsync("one:1");
        await Harness.RestartAsync();
        InstanceStatus ended = await EndAsync();
        held.SetResult();

        Assert.Equal("3", ended.Output);
        Assert.Equal(["got 3 #1"], Done);
    }

    [Fact]
    public async Task TerminateAsync_ParentOfRunningAndWaitingChildren_AllEnd()
    {
        await Harness.StartAsync(Registry(async (context, count) => (await Task.WhenAll(Enumerable.Range(1, count).Select(n => context.CallSubOrchestrationAsync(Child, n)))).Sum())
            .Orchestration(Child, async (context, _) => await context.WaitForEventAsync<int>("never"), new OrchestrationLimits(MaxActive: 3)));
        await Engine.StartAsync(Main, "one", 10, null, CancellationToken.None);
        await Engine.TerminateAsync("one", "enough", CancellationToken.None);
        InstanceStatus parent = await EndAsync();
        InstancePage children = await Engine.ListAsync(new(Orchestration: "Child"), CancellationToken.None);

        Assert.Equal((InstanceState.Terminated, "enough"), (parent.State, parent.Failure!.Message));
        Assert.Equal(10, children.Items.Count);
        Assert.All(children.Items, child => Assert.Equal(InstanceState.Terminated, child.State));
        Assert.Equal((0, 0), (Engine.GetStats().Pending["Child"], Engine.GetStats().Active["Child"]));
    }
}
