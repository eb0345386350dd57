using System.Collections.Concurrent;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded.Tests.Faults;

/// <summary>
/// The n-th commit fails, for n = 1, 2, 3… until a whole flow passes without a hit: each time the flow must end as if nothing had been.
/// </summary>
public sealed class StoreFaultTests
{
    private static readonly OrchestrationName<int, int> Flow = new("Flow");
    private static readonly OrchestrationName<int, int> Part = new("Part");
    private static readonly ActivityName<int, int> Work = new("Work");
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public Task Commit_FailsBeforeItsEffectAtEveryPoint_TheFlowEndsAsIfNothingHadBeen() => FailAtEveryPointAsync((faults, n) => faults.FailBefore = n);

    [Fact]
    public Task Commit_FailsAfterItsEffectAtEveryPoint_TheFlowEndsAsIfNothingHadBeen() => FailAtEveryPointAsync((faults, n) => faults.FailAfter = n);

    [Fact]
    public async Task Store_IsUnavailableForAWhile_InstancesPauseAndGoOn()
    {
        await using EmbeddedHarness harness = new();
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await harness.StartAsync(new OrchestrationRegistry()
            .Orchestration(Flow, async (context, n) => await context.CallActivityAsync(Work, n) + await context.CallActivityAsync(Work, n))
            .Activity(Work, async (_, n, _) =>
            {
                await held.Task;
                return n;
            }));
        for (int n = 0; n < 20; n++)
        {
            await harness.Engine.StartAsync(Flow, $"i{n}", n, null, CancellationToken.None);
        }
        harness.Faults.FailAll = true;
        int before = harness.Faults.Commits;
        held.SetResult();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.Engine.StartAsync(Flow, "refused", 0, null, CancellationToken.None));
        for (int i = 0; i < 200; i++)
        {
            await harness.Clock.WhenTimersAreSetAsync();
            harness.Clock.Advance(Step);
        }
        int askedMeanwhile = harness.Faults.Commits - before;
        harness.Faults.FailAll = false;
        Task<InstanceStatus?[]> all = Task.WhenAll(Enumerable.Range(0, 20).Select(n => harness.Engine.WaitForEndAsync($"i{n}", CancellationToken.None)));
        InstanceStatus?[] ended = await PassTimeUntilAsync(harness, all);

        Assert.InRange(askedMeanwhile, 2, 60); // 20 seconds: one asks for all of them, ever more rarely
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{2 * n}"), ended.Select(status => status!.Output));
        Assert.Null(await harness.Engine.FindAsync("refused", CancellationToken.None));
        Assert.Equal(0, harness.Engine.GetStats().Active["Flow"]);
    }

    private static async Task FailAtEveryPointAsync(Action<CommitFaults, int> fail)
    {
        int n = 1;
        bool hit = true;
        for (; hit; n++)
        {
            await using EmbeddedHarness harness = new();
            ConcurrentBag<string> effects = [];
            await harness.StartAsync(Registry(effects));
            fail(harness.Faults, harness.Faults.Commits + n);
            InstanceStatus ended = await RunFlowAsync(harness);
            hit = harness.Faults.Hits > 0;
            harness.Faults.FailBefore = harness.Faults.FailAfter = null;
            await harness.RestartAsync();

            Assert.Equal((InstanceState.Completed, "1111"), (ended.State, ended.Output));
            Assert.Equal(ended, await harness.Engine.FindAsync("one", CancellationToken.None));
            Assert.Equal(effects.Count, effects.Distinct().Count()); // no key of an effect twice
            Assert.Equal(0, harness.Engine.GetStats().Active.Values.Sum() + harness.Engine.GetStats().Pending.Values.Sum());
        }
        Assert.True(n > 8, $"the flow has only {n} commits to fail: it tests little");
    }

    private static OrchestrationRegistry Registry(ConcurrentBag<string> effects) => new OrchestrationRegistry()
        .Orchestration(Flow, async (context, _) =>
        {
            int sum = await context.CallActivityAsync(Work, 1, new(new RetryPolicy(2, Step)));
            Task<int> part = context.CallSubOrchestrationAsync(Part, 10);
            await context.CreateTimerAsync(context.CurrentUtc + Step);
            context.SetCustomStatus("waits");
            return sum + await part + await context.WaitForEventAsync<int>("go");
        })
        .Orchestration(Part, async (context, n) =>
        {
            if (n == 10)
            {
                context.ContinueAsNew(await context.CallActivityAsync(Work, 11));
                return 0;
            }
            return 10;
        }, new OrchestrationLimits(MaxActive: 1))
        .Activity(Work, (context, n, _) =>
        {
            effects.Add($"{context.InstanceId} {context.TaskId} {context.Attempt}");
            return n == 1 && context.Attempt == 1 ? throw new IOException("once") : Task.FromResult(n);
        });

    private static async Task<InstanceStatus> RunFlowAsync(EmbeddedHarness harness)
    {
        await UntilTakenAsync(harness, () => harness.Engine.StartAsync(Flow, "one", 0, null, CancellationToken.None));
        await UntilTakenAsync(harness, () => harness.Engine.RaiseEventAsync("one", "go", 1100, CancellationToken.None));
        return (await PassTimeUntilAsync(harness, harness.Engine.WaitForEndAsync("one", CancellationToken.None)))!;
    }

    /// <summary>What a client does that is told 503: it tries again.</summary>
    private static async Task UntilTakenAsync(EmbeddedHarness harness, Func<Task<bool>> call)
    {
        while (true)
        {
            try
            {
                await PassTimeUntilAsync(harness, call());
                return;
            }
            catch (StoreUnavailableException)
            {
                harness.Clock.Advance(Step);
            }
        }
    }

    private static async Task<T> PassTimeUntilAsync<T>(EmbeddedHarness harness, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, harness.Clock.WhenTimersAreSetAsync()).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
            if (!task.IsCompleted)
            {
                harness.Clock.Advance(Step);
            }
        }
        return await task;
    }
}
