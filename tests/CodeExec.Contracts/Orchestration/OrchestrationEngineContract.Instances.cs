using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task StartAsync_NewInstance_RunsToItsEnd()
    {
        await Harness.StartAsync(Registry(async (context, n) => n + (await context.CallActivityAsync(Note, "a")).Length));
        InstanceStatus ended = await RunAsync(41);

        Assert.Equal((InstanceState.Completed, "42"), (ended.State, ended.Output));
        Assert.Equal(["a #1"], Done);
        Assert.Equal(ended, await Engine.FindAsync("one", CancellationToken.None));
    }

    [Fact]
    public async Task StartAsync_SameIdAgain_TheFirstStartCounts()
    {
        await Harness.StartAsync(Registry((_, n) => Task.FromResult(n)));
        bool first = await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        await EndAsync();
        bool second = await Engine.StartAsync(Main, "one", 2, null, CancellationToken.None);
        await Harness.RestartAsync();
        bool third = await Engine.StartAsync(Main, "one", 3, null, CancellationToken.None);

        Assert.Equal((true, false, false), (first, second, third));
        Assert.Equal("1", (await EndAsync()).Output);
    }

    [Fact]
    public async Task StartAsync_SameIdTwentyTimesAtOnce_OneRuns()
    {
        await Harness.StartAsync(Registry(async (context, n) => (await context.CallActivityAsync(Note, "x")).Length + n));
        bool[] started = await Soon(Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Engine.StartAsync(Main, "one", 0, null, CancellationToken.None)))));
        await EndAsync();

        Assert.Single(started, true);
        Assert.Equal(["x #1"], Done);
    }

    [Fact]
    public async Task FindAsync_UnknownInstance_ReturnsNull()
    {
        await Harness.StartAsync(Registry((_, n) => Task.FromResult(n)));

        Assert.Null(await Engine.FindAsync("nobody", CancellationToken.None));
        Assert.Null(await Engine.WaitForEndAsync("nobody", CancellationToken.None));
        Assert.False(await Engine.PurgeAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_OrchestrationThrows_TheFailureIsShown()
    {
        await Harness.StartAsync(Registry((_, _) => throw new InvalidOperationException("outer", new FormatException("inner"))));
        InstanceStatus ended = await RunAsync();

        Assert.Equal(InstanceState.Failed, ended.State);
        Assert.Equal(("System.InvalidOperationException", "outer", "inner"), (ended.Failure!.ErrorType, ended.Failure.Message, ended.Failure.Inner!.Message));
    }

    [Fact]
    public async Task SetCustomStatus_WhileRunning_IsShownAndKept()
    {
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            context.SetCustomStatus(new { step = "first" });
            await context.CallActivityAsync(Work, n);
            context.SetCustomStatus("last");
            return 0;
        }).Activity(Work, async (_, n, _) =>
        {
            await held.Task;
            return n;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        InstanceStatus during = (await Engine.FindAsync("one", CancellationToken.None))!;
        held.SetResult();
        InstanceStatus ended = await EndAsync();

        Assert.Equal((InstanceState.Running, """{"step":"first"}"""), (during.State, during.CustomStatus));
        Assert.Equal("\"last\"", ended.CustomStatus);
    }

    [Fact]
    public async Task ListAsync_ByStateAndName_PagesNewestFirst()
    {
        await Harness.StartAsync(Registry((_, n) => n % 2 == 0 ? Task.FromResult(n) : throw new InvalidOperationException("odd")).Orchestration(Child, (_, n) => Task.FromResult(n)));
        for (int n = 0; n < 10; n++)
        {
            await RunAsync(n, $"i{n}");
        }
        await Engine.StartAsync(Child, "other", 0, null, CancellationToken.None);
        await EndAsync("other");

        InstancePage first = await Engine.ListAsync(new(InstanceState.Completed, "Main", Limit: 3), CancellationToken.None);
        InstancePage second = await Engine.ListAsync(new(InstanceState.Completed, "Main", Limit: 3, first.Cursor), CancellationToken.None);
        InstancePage failed = await Engine.ListAsync(new(InstanceState.Failed), CancellationToken.None);
        InstancePage all = await Engine.ListAsync(new(), CancellationToken.None);

        Assert.Equal(["i8", "i6", "i4"], first.Items.Select(item => item.InstanceId));
        Assert.Equal(["i2", "i0"], second.Items.Select(item => item.InstanceId));
        Assert.Null(second.Cursor);
        Assert.Equal(["i9", "i7", "i5", "i3", "i1"], failed.Items.Select(item => item.InstanceId));
        Assert.Equal(11, all.Items.Count);
        Assert.Equal("other", all.Items[0].InstanceId);
    }

    [Fact]
    public async Task PurgeAsync_EndedInstance_IsForgottenAndItsIdIsFree()
    {
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, async (_, n, _) =>
        {
            await held.Task;
            return n;
        }));
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        bool whileRunning = await Engine.PurgeAsync("one", CancellationToken.None);
        held.SetResult();
        await EndAsync();
        bool afterwards = await Engine.PurgeAsync("one", CancellationToken.None);

        Assert.Equal((false, true), (whileRunning, afterwards));
        Assert.Null(await Engine.FindAsync("one", CancellationToken.None));
        Assert.Equal("7", (await RunAsync(7)).Output);
    }

    [Fact]
    public async Task WaitForEndAsync_CallerGivesUp_TheInstanceGoesOn()
    {
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, async (_, n, _) =>
        {
            await held.Task;
            return n;
        }));
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        using CancellationTokenSource impatient = new();
        Task<InstanceStatus?> waiting = Engine.WaitForEndAsync("one", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.SetResult();

        Assert.Equal(InstanceState.Completed, (await EndAsync()).State);
    }

    [Fact]
    public async Task Context_IdsAndTime_AreTheSameOnReplay()
    {
        List<(Guid, Guid, DateTimeOffset)> seen = [];
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            seen.Add((context.NewGuid(), context.NewGuid(), context.CurrentUtc));
            return await context.WaitForEventAsync<int>("go");
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(1));
        await Harness.RestartAsync();
        await Engine.RaiseEventAsync("one", "go", 5, CancellationToken.None);
        await EndAsync();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.NotEqual(seen[0].Item1, seen[0].Item2);
    }
}
