using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task Restart_InTheMiddleOfAnActivity_RunsItAgainWithTheNextAttempt()
    {
        TaskCompletionSource begun = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            await context.CallActivityAsync(Note, "before");
            return await context.CallActivityAsync(Work, n);
        }).Activity(Work, async (context, n, cancellationToken) =>
        {
            Done.Enqueue($"work #{context.Attempt}");
            if (context.Attempt == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            return n;
        }));
        await Engine.StartAsync(Main, "one", 6, null, CancellationToken.None);
        await Soon(begun.Task);
        await Harness.RestartAsync();

        Assert.Equal("6", (await EndAsync()).Output);
        Assert.Equal(["before #1", "work #1", "work #2"], Done);
    }

    [Fact]
    public async Task Restart_TheSameStartsAreRepeatedMeanwhile_NobodyIsForgotten()
    {
        int life = 1;
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(
            Work,
            async (_, n, cancellationToken) =>
            {
                if (Volatile.Read(ref life) == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
                return n;
            }));
        string[] ids = [.. Enumerable.Range(0, 300).Select(n => $"i{n}")];
        await Task.WhenAll(ids.Select(id => Engine.StartAsync(Main, id, 1, null, CancellationToken.None)));
        Volatile.Write(ref life, 2);
        await Harness.RestartAsync();

        bool[] started = await Soon(Task.WhenAll(ids.Select(id => Engine.StartAsync(Main, id, 1, null, CancellationToken.None))));

        Assert.DoesNotContain(true, started);
        Assert.All(await Soon(Task.WhenAll(ids.Select(id => Engine.WaitForEndAsync(id, CancellationToken.None)))), ended => Assert.Equal(InstanceState.Completed, ended!.State));
    }

    [Fact]
    public async Task Restart_SeveralTimesInTheMiddleOfARetriedActivity_NoAttemptNumberIsUsedTwice()
    {
        TaskCompletionSource? begun = null;
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n, new(new RetryPolicy(2, TimeSpan.FromSeconds(1)))))
            .Activity(Work, async (context, n, cancellationToken) =>
            {
                Done.Enqueue($"#{context.Attempt}");
                if (context.Attempt == 1)
                {
                    throw new IOException("first");
                }
                begun!.TrySetResult();
                if (context.Attempt < 4)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
                return n;
            }));
        begun = Signal();
        await Engine.StartAsync(Main, "one", 6, null, CancellationToken.None);
        Task again = PassTimeUntilAsync(Completion(begun), TimeSpan.FromSeconds(1));
        await again;
        for (int restart = 0; restart < 2; restart++)
        {
            begun = Signal();
            await Harness.RestartAsync();
            await PassTimeUntilAsync(Completion(begun), TimeSpan.FromSeconds(1));
        }

        Assert.Equal("6", (await EndAsync()).Output);
        Assert.Equal(["#1", "#2", "#3", "#4"], Done);
    }

    [Fact]
    public async Task Restart_ActivityAnswersForTheFormerLife_NothingIsRecordedOfIt()
    {
        TaskCompletionSource begun = Signal();
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, _) => await context.CallActivityAsync(Work, 0)).Activity(Work, async (context, _, _) =>
        {
            if (context.Attempt == 1)
            {
                begun.SetResult();
                await held.Task; // does not listen to its token: a worker that lost its lease and does not know it
            }
            return context.Attempt;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Soon(begun.Task);
        await Harness.RestartAsync();
        held.SetResult();

        Assert.Equal("2", (await EndAsync()).Output);
    }

    [Fact]
    public async Task StopAndStart_ActivityEndsByTheCancellation_IsNotAFailure()
    {
        TaskCompletionSource begun = Signal();
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, async (context, n, cancellationToken) =>
        {
            if (context.Attempt == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            return n;
        }));
        await Engine.StartAsync(Main, "one", 6, null, CancellationToken.None);
        await Soon(begun.Task);
        Task stopping = Harness.StopAndStartAsync();
        while (!stopping.IsCompleted)
        {
            await Soon(Task.WhenAny(stopping, Clock.WhenTimersAreSetAsync()));
            Clock.Advance(TimeSpan.FromMinutes(1)); // the grace passes
        }
        await stopping;

        Assert.Equal((InstanceState.Completed, "6"), (await EndAsync()) switch { var ended => (ended.State, ended.Output) });
    }

    [Fact]
    public async Task StopAndStart_ActivityEndsWithinTheGrace_ItsResultIsKept()
    {
        TaskCompletionSource begun = Signal();
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            int result = await context.CallActivityAsync(Work, n);
            await context.CallActivityAsync(Note, "after");
            return result;
        }).Activity(Work, async (context, _, _) =>
        {
            begun.SetResult();
            await held.Task;
            return context.Attempt;
        }));
        await Engine.StartAsync(Main, "one", 6, null, CancellationToken.None);
        await Soon(begun.Task);
        Task stopping = Harness.StopAndStartAsync();
        held.SetResult();
        await Soon(stopping);

        Assert.Equal("1", (await EndAsync()).Output);
        Assert.EndsWith("#2", Assert.Single(Done), StringComparison.Ordinal); // scheduled before the stop, begun after it
    }

    [Fact]
    public async Task Restart_ManyInstancesUnderWay_EveryOneEndsOnceAndResultsAreRecordedOnce()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            int sum = 0;
            for (int i = 0; i < 5; i++)
            {
                sum += await context.CallActivityAsync(Work, n);
            }
            return sum;
        }).Activity(Work, async (context, n, _) =>
        {
            await Task.Yield();
            return (1000 * context.Attempt) + n;
        }));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None)));
        for (int restart = 0; restart < 3; restart++)
        {
            await Harness.RestartAsync();
            await Soon(Engine.WaitForEndAsync($"i{restart}", CancellationToken.None));
        }
        InstanceStatus[] ended = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => EndAsync($"i{n}")));

        Assert.All(ended, item => Assert.Equal(InstanceState.Completed, item.State));
        Assert.All(ended.Select((item, n) => (int.Parse(item.Output!, null) % 1000, n)), pair => Assert.Equal(5 * pair.n % 1000, pair.Item1));
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }

    private static async Task<bool> Completion(TaskCompletionSource source)
    {
        await source.Task;
        return true;
    }
}
