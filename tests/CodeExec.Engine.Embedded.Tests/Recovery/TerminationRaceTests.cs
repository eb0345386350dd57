using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

public sealed class TerminationRaceTests : EngineTests
{
    private static readonly OrchestrationName<int, int> Main = new("Main");
    private static readonly OrchestrationName<int, int> Child = new("Child");
    private static readonly ActivityName<int, int> Work = new("Work");

    [Fact]
    public async Task TerminateAsync_AStepOfTheChildIsQueuedBehindIt_TheChildStaysTerminated()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Harness.StartAsync(new OrchestrationRegistry()
            .Orchestration(Main, async (context, n) => await context.CallSubOrchestrationAsync(Child, n, "child"))
            .Orchestration(Child, async (context, n) => await context.CallActivityAsync(Work, n))
            .Activity(Work, async (_, n, _) =>
            {
                begun.SetResult();
                await held.Task;
                return n;
            }));
        await Engine.StartAsync(Main, "parent", 1, null, CancellationToken.None);
        await Soon(begun.Task);
        using ManualResetEventSlim writerIsHeld = new();
        Task holding = Harness.Database.WriteAsync(_ => writerIsHeld.Wait(), CancellationToken.None);
        Task terminating = Engine.TerminateAsync("parent", "race", CancellationToken.None);
        await UntilQueuedAsync(2);
        held.SetResult();
        await UntilQueuedAsync(3);
        writerIsHeld.Set();
        await Soon(Task.WhenAll(holding, terminating));
        InstanceStatus? child = await Soon(Engine.WaitForEndAsync("child", CancellationToken.None));
        await Harness.RestartAsync();

        Assert.Equal(InstanceState.Terminated, child!.State);
        Assert.Equal(child, await Engine.FindAsync("child", CancellationToken.None));
        Assert.Equal(0, Engine.GetStats().Active["Child"]);
    }

    private Task UntilQueuedAsync(int writes) => Soon(Task.Run(async () =>
    {
        while (Harness.Database.QueuedWrites < writes)
        {
            await Task.Yield();
        }
    }));
}
