using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Orchestration;

public abstract partial class OrchestrationEngineContract
{
    [Fact]
    public async Task CallActivityAsync_AThousandAtOnce_AllResultsComeBack()
    {
        await Harness.StartAsync(Registry(async (context, count) => (await Task.WhenAll(Enumerable.Range(1, count).Select(n => context.CallActivityAsync(Work, n)))).Sum())
            .Activity(Work, (_, n, _) => Task.FromResult(2 * n)));

        Assert.Equal("1001000", (await RunAsync(1000)).Output);
    }

    [Fact]
    public async Task CallActivityAsync_BoundedActivity_NeverMoreThanAllowedAtOnce()
    {
        int running = 0;
        int most = 0;
        await Harness.StartAsync(Registry(async (context, count) => (await Task.WhenAll(Enumerable.Range(1, count).Select(n => context.CallActivityAsync(Work, n)))).Length)
            .Activity(Work, async (_, n, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return n;
            }, maxConcurrent: 3));
        InstanceStatus ended = await RunAsync(200);

        Assert.Equal("200", ended.Output);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task CallActivityAsync_AllPlacesTaken_HigherPriorityGoesFirst()
    {
        TaskCompletionSource held = Signal();
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, async (_, n, _) =>
        {
            await held.Task;
            Done.Enqueue($"{n}");
            return n;
        }, maxConcurrent: 1));
        foreach ((int n, int priority) in new[] { (0, 0), (1, 0), (2, 0), (3, 5) })
        {
            await Engine.StartAsync(Main, $"i{n}", n, new StartOptions(priority), CancellationToken.None);
        }
        held.SetResult();
        foreach (int n in Enumerable.Range(0, 4))
        {
            await EndAsync($"i{n}");
        }

        Assert.Equal(["0", "3", "1", "2"], Done);
    }

    [Fact]
    public async Task CallActivityAsync_FailsTwice_IsRetriedAfterGrowingDelays()
    {
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n, new(new RetryPolicy(5, TimeSpan.FromSeconds(10)))))
            .Activity(Work, (context, n, _) =>
            {
                Done.Enqueue($"#{context.Attempt} at {(Clock.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds:0}");
                return context.Attempt < 3 ? throw new IOException("not yet") : Task.FromResult(n);
            }));
        await Engine.StartAsync(Main, "one", 8, null, CancellationToken.None);
        InstanceStatus? ended = await PassTimeUntilAsync(Engine.WaitForEndAsync("one", CancellationToken.None), TimeSpan.FromSeconds(1));

        Assert.Equal("8", ended!.Output);
        Assert.Equal(["#1 at 0", "#2 at 10", "#3 at 30"], Done);
    }

    [Fact]
    public async Task CallActivityAsync_FailsEachTime_TheOrchestrationGetsTheLastFailure()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            try
            {
                return await context.CallActivityAsync(Work, n, new(new RetryPolicy(3, TimeSpan.FromSeconds(1))));
            }
            catch (ActivityFailedException e)
            {
                await context.CallActivityAsync(Note, $"{e.Activity}: {e.Failure.ErrorType}: {e.Failure.Message}");
                return -1;
            }
        }).Activity(Work, (context, _, _) => Task.FromException<int>(new IOException($"try {context.Attempt}"))));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        InstanceStatus? ended = await PassTimeUntilAsync(Engine.WaitForEndAsync("one", CancellationToken.None), TimeSpan.FromSeconds(1));

        Assert.Equal("-1", ended!.Output);
        Assert.Equal(["Work: System.IO.IOException: try 3 #1"], Done);
    }

    [Fact]
    public async Task CallActivityAsync_FailureIsNotCaught_TheInstanceFails()
    {
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, (_, _, _) => Task.FromException<int>(new IOException("gone"))));
        InstanceStatus ended = await RunAsync();

        Assert.Equal(InstanceState.Failed, ended.State);
        Assert.Contains("gone", ended.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivityAsync_TryOutlivesItsTimeout_CountsAsFailedAndIsCalledOff()
    {
        TaskCompletionSource calledOff = Signal();
        await Harness.StartAsync(Registry(async (context, n) => await context.CallActivityAsync(Work, n, new(new RetryPolicy(2, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(30))))
            .Activity(Work, async (context, n, cancellationToken) =>
            {
                if (context.Attempt == 1)
                {
                    await using CancellationTokenRegistration _ = cancellationToken.Register(calledOff.SetResult);
                    await calledOff.Task;
                    cancellationToken.ThrowIfCancellationRequested();
                }
                return n + context.Attempt;
            }));
        await Engine.StartAsync(Main, "one", 40, null, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Soon(calledOff.Task);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("42", (await EndAsync()).Output);
    }

    [Fact]
    public async Task CallActivityAsync_TimedOutTryAnswersLate_ItsAnswerIsIgnored()
    {
        TaskCompletionSource late = Signal();
        TaskCompletionSource answered = Signal();
        await Harness.StartAsync(Registry(async (context, n) =>
            {
                int result = await context.CallActivityAsync(Work, n, new(new RetryPolicy(2, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(30)));
                await context.WaitForEventAsync<int>("go");
                return result;
            })
            .Activity(Work, async (context, n, _) =>
            {
                if (context.Attempt == 1)
                {
                    await late.Task;
                    answered.SetResult();
                }
                return n + context.Attempt;
            }));
        await Engine.StartAsync(Main, "one", 40, null, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromSeconds(30));
        late.SetResult();
        await Soon(answered.Task);
        await Engine.RaiseEventAsync("one", "go", 0, CancellationToken.None);
        await Soon(Clock.WhenTimersAreSetAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("42", (await EndAsync()).Output);
    }

    [Fact]
    public async Task CallActivityAsync_InsideFinally_RunsAlsoWhenTheBodyFailed()
    {
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            try
            {
                return await context.CallActivityAsync(Work, n);
            }
            finally
            {
                await context.CallActivityAsync(Note, "cleaned up");
            }
        }).Activity(Work, (_, _, _) => Task.FromException<int>(new IOException("body"))));
        InstanceStatus ended = await RunAsync();

        Assert.Equal(InstanceState.Failed, ended.State);
        Assert.Contains("body", ended.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["cleaned up #1"], Done);
    }

    [Fact]
    public async Task CallActivityAsync_FailsInsideFinally_ThatFailureIsTheInstances()
    {
        ActivityName<int, int> cleanUp = new("CleanUp");
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            try
            {
                return await context.CallActivityAsync(Work, n);
            }
            finally
            {
                await context.CallActivityAsync(cleanUp, n);
            }
        }).Activity(Work, (_, _, _) => Task.FromException<int>(new IOException("body"))).Activity(cleanUp, (_, _, _) => Task.FromException<int>(new IOException("clean-up"))));
        InstanceStatus ended = await RunAsync();

        Assert.Equal(InstanceState.Failed, ended.State);
        Assert.Contains("clean-up", ended.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivityAsync_ResultNobodyAwaits_DoesNotHoldTheEnd()
    {
        TaskCompletionSource<CancellationToken> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Harness.StartAsync(Registry(async (context, n) =>
        {
            Task<int> slow = context.CallActivityAsync(Work, n);
            Task<int> stop = context.WaitForEventAsync<int>("stop");
            return await Task.WhenAny(slow, stop) == stop ? await stop : -1;
        }).Activity(Work, async (_, n, cancellationToken) =>
        {
            begun.SetResult(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return n;
        }));
        await Engine.StartAsync(Main, "one", 0, null, CancellationToken.None);
        await Soon(begun.Task);
        await Engine.RaiseEventAsync("one", "stop", 17, CancellationToken.None);

        Assert.Equal((InstanceState.Completed, "17"), (await EndAsync()) switch { var ended => (ended.State, ended.Output) });
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
