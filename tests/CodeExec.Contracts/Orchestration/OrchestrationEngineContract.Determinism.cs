using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task Restart_WithCodeThatDecidesOtherwise_SuspendsAndNamesBoth()
    {
        await Harness.StartAsync(Registry(Recorded));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Harness.RestartAsync(Registry(async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtc.AddDays(1));
            return await context.WaitForEventAsync<int>("go");
        }));
        InstanceStatus suspended = await UntilSuspendedAsync();

        Assert.False(suspended.HasEnded);
        Assert.Contains("NonDeterminism", suspended.Failure!.ErrorType, StringComparison.Ordinal);
        Assert.Contains("'one'", suspended.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("activity 'Note' (task 1)", suspended.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("timer (task 1)", suspended.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WithMendedCode_ASuspendedInstanceGoesOnAndNothingIsLost()
    {
        await Harness.StartAsync(Registry(Recorded));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Harness.RestartAsync(Registry(async (context, _) => await context.WaitForEventAsync<int>("other")));
        await UntilSuspendedAsync();
        bool kept = await Engine.RaiseEventAsync("one", "go", 42, CancellationToken.None);
        await Harness.RestartAsync(Registry(Recorded));

        Assert.True(kept);
        Assert.Equal("42", (await EndAsync()).Output);
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }

    [Fact]
    public async Task RunAsync_AwaitsSomethingForeign_SuspendsAndOthersGoOn()
    {
        await Harness.StartAsync(Registry(async (_, n) =>
        {
            await Task.Delay(TimeSpan.FromDays(1), Clock);
            return n;
        }).Orchestration(Child, (_, n) => Task.FromResult(n)));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        InstanceStatus suspended = await UntilSuspendedAsync();
        await Engine.StartAsync(Child, "two", 2, null, CancellationToken.None);

        Assert.Contains("Task.Delay", suspended.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("2", (await EndAsync("two")).Output);
    }

    [Fact]
    public async Task RunAsync_GoesOnBecauseOfSomethingForeign_Suspends()
    {
        TaskCompletionSource foreign = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            Task<int> never = context.WaitForEventAsync<int>("never");
            await Task.WhenAny(never, foreign.Task);
            return n;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        foreign.SetResult();

        Assert.Contains("NonDeterminism", (await UntilSuspendedAsync()).Failure!.ErrorType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TokenWithARealTimer_SuspendsInsteadOfGoingOnUnseen()
    {
        await Harness.StartAsync(Registry(async (context, _) =>
        {
            using CancellationTokenSource soon = new(TimeSpan.FromSeconds(1), Clock);
            return await context.WaitForEventAsync<int>("never", soon.Token);
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("NonDeterminism", (await UntilSuspendedAsync()).Failure!.ErrorType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TerminateAsync_SuspendedInstance_Ends()
    {
        await Harness.StartAsync(Registry(async (_, n) =>
        {
            await Task.Delay(TimeSpan.FromDays(1), Clock);
            return n;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await UntilSuspendedAsync();
        await Engine.TerminateAsync("one", "hopeless", CancellationToken.None);

        Assert.Equal(InstanceState.Terminated, (await EndAsync()).State);
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }

    private static async Task<int> Recorded(OrchestrationContext context, int n)
    {
        await context.CallActivityAsync(Note, "a");
        return await context.WaitForEventAsync<int>("go");
    }

    /// <summary>Looks until it is so: there is no call that waits for a suspension, because nobody should have to.</summary>
    private async Task<InstanceStatus> UntilSuspendedAsync(string id = "one")
    {
        Task<InstanceStatus> looking = Task.Run(async () =>
        {
            while (true)
            {
                if (await Engine.FindAsync(id, CancellationToken.None) is { State: InstanceState.Suspended } suspended)
                {
                    return suspended;
                }
                await Task.Yield();
            }
        });
        return await Soon(looking);
    }
}
