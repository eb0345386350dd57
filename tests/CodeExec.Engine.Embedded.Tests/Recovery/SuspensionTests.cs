using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

/// <summary>What cannot go on is parked where everybody sees it, and goes on once it can.</summary>
public sealed class SuspensionTests : EngineTests
{
    private static readonly OrchestrationName<int, int> Main = new("Main");
    private static readonly ActivityName<int, int> Work = new("Work");

    [Fact]
    public async Task Restart_OrchestrationIsNotRegisteredAnyMore_SuspendsUntilItIs()
    {
        await Harness.StartAsync(Waiting());
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        await Harness.RestartAsync(new OrchestrationRegistry());
        InstanceStatus suspended = await UntilSuspendedAsync("one");
        await Harness.RestartAsync(Waiting());
        await Engine.RaiseEventAsync("one", "go", 5, CancellationToken.None);

        Assert.Contains("'Main'", suspended.Failure!.Message, StringComparison.Ordinal);
        InstanceStatus? ended = await Soon(Engine.WaitForEndAsync("one", CancellationToken.None));
        Assert.Equal((InstanceState.Completed, "5", null), (ended!.State, ended.Output, ended.Failure));
    }

    [Fact]
    public async Task CallActivityAsync_ActivityIsNotRegistered_SuspendsUntilItIs()
    {
        OrchestrationRegistry without = new OrchestrationRegistry().Orchestration(Main, async (context, n) => await context.CallActivityAsync(Work, n));
        await Harness.StartAsync(without);
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        InstanceStatus suspended = await UntilSuspendedAsync("one");
        await Harness.RestartAsync(new OrchestrationRegistry().Orchestration(Main, async (context, n) => await context.CallActivityAsync(Work, n)).Activity(Work, (_, n, _) => Task.FromResult(n)));

        Assert.Contains("'Work'", suspended.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await Soon(Engine.WaitForEndAsync("one", CancellationToken.None)))!.Output);
    }

    [Fact]
    public async Task Restart_HistoryCannotBeRead_IsTriedFiveTimesAndThenParked()
    {
        await Harness.StartAsync(Waiting());
        await Engine.StartAsync(Main, "bad", 1, null, CancellationToken.None);
        await Engine.StartAsync(Main, "good", 2, null, CancellationToken.None);
        await Harness.Database.WriteAsync(
            context => context.Execute("UPDATE history SET kind = 99 WHERE instance = (SELECT no FROM instances WHERE id = 'bad')"), CancellationToken.None);
        await Harness.RestartAsync();
        InstanceStatus parked = await PassTimeUntilAsync(UntilSuspendedAsync("bad"), TimeSpan.FromSeconds(1));
        await Engine.RaiseEventAsync("good", "go", 7, CancellationToken.None);

        Assert.False(parked.HasEnded);
        Assert.Equal("7", (await Soon(Engine.WaitForEndAsync("good", CancellationToken.None)))!.Output);
        Assert.Equal(["bad"], (await Engine.ListAsync(new(InstanceState.Suspended), CancellationToken.None)).Items.Select(item => item.InstanceId));
    }

    [Fact]
    public async Task Suspended_ActivityEndsMeanwhile_ItsResultIsKeptAndItIsNotRunAgain()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int runs = 0;
        OrchestrationRegistry Code(Func<OrchestrationContext, Task> second) => new OrchestrationRegistry()
            .Orchestration(Main, async (context, n) =>
            {
                Task<int> work = context.CallActivityAsync(Work, n);
                await context.WaitForEventAsync<int>("go");
                await second(context);
                return await work;
            })
            .Activity(Work, async (context, _, _) =>
            {
                Interlocked.Increment(ref runs);
                begun.SetResult();
                await held.Task;
                return context.Attempt;
            });
        await Harness.StartAsync(Code(_ => Task.Delay(TimeSpan.FromDays(1), Clock).ContinueWith(_ => { }, TaskScheduler.Default)));
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        await Soon(begun.Task);
        Task going = Engine.RaiseEventAsync("one", "go", 0, CancellationToken.None);
        held.SetResult();
        await Soon(going);
        await UntilSuspendedAsync("one");
        await Harness.RestartAsync(Code(_ => Task.CompletedTask));

        Assert.Equal("1", (await Soon(Engine.WaitForEndAsync("one", CancellationToken.None)))!.Output);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task StartAsync_AnotherEngineHasTakenOver_WritesNothing()
    {
        await Harness.StartAsync(Waiting());
        await Engine.StartAsync(Main, "one", 1, null, CancellationToken.None);
        await using EmbeddedEngine usurper = new(
            Harness.Database, Waiting(), NoServices.Instance, new EmbeddedEngineOptions(), Clock, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await usurper.StartAsync(CancellationToken.None);

        await Assert.ThrowsAsync<OwnershipLostException>(() => Engine.StartAsync(Main, "two", 1, null, CancellationToken.None));
        await Assert.ThrowsAsync<OwnershipLostException>(() => Engine.RaiseEventAsync("one", "go", 1, CancellationToken.None));
        Assert.Null(await usurper.FindAsync("two", CancellationToken.None));
        await usurper.RaiseEventAsync("one", "go", 3, CancellationToken.None);
        Assert.Equal("3", (await Soon(usurper.WaitForEndAsync("one", CancellationToken.None)))!.Output);
    }

    [Fact]
    public async Task StartAsync_OrchestrationIsNotRegistered_SaysSo()
    {
        await Harness.StartAsync(new OrchestrationRegistry());

        Assert.Equal("Main", (await Assert.ThrowsAsync<OrchestrationNotRegisteredException>(() => Engine.StartAsync(Main, "one", 1, null, CancellationToken.None))).Orchestration);
    }

    private static OrchestrationRegistry Waiting()
        => new OrchestrationRegistry().Orchestration(Main, async (context, _) => await context.WaitForEventAsync<int>("go"));
}
