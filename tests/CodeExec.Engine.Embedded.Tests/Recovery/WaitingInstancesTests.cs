using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

public sealed class WaitingInstancesTests : EngineTests
{
    private static readonly OrchestrationName<int, int> Main = new("Main");

    [Fact]
    public async Task StartAsync_TenThousandWait_TheyCostNoMemory()
    {
        const int Count = 10_000;
        await Harness.StartAsync(new OrchestrationRegistry().Orchestration(Main, async (context, _) => await context.WaitForEventAsync<int>("go"), new OrchestrationLimits(MaxActive: 4)));
        await StartManyAsync(0, 500); // so that what grows once has grown
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await StartManyAsync(500, Count);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;

        Assert.Equal(Count + 500 - 4, Engine.GetStats().Pending["Main"]);
        Assert.InRange(each, long.MinValue, 512);
    }

    [Fact]
    public async Task StartAsync_TwoThousandInstancesAreBeingResumed_NewWorkIsTakenAndAllIsResumed()
    {
        const int Count = 2_000;
        OrchestrationRegistry code = new OrchestrationRegistry().Orchestration(Main, async (context, n) => n < 0 ? n : await context.WaitForEventAsync<int>("go"));
        await Harness.StartAsync(code);
        await StartManyAsync(0, Count);
        await Harness.RestartAsync();
        await Engine.StartAsync(Main, "new", -1, null, CancellationToken.None);
        InstanceStatus? ended = await Soon(Engine.WaitForEndAsync("new", CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(0, Count).Select(n => Engine.RaiseEventAsync($"i{n}", "go", n, CancellationToken.None)));
        InstanceStatus?[] all = await Soon(Task.WhenAll(Enumerable.Range(0, Count).Select(n => Engine.WaitForEndAsync($"i{n}", CancellationToken.None))));

        Assert.Equal("-1", ended!.Output);
        Assert.Equal(Enumerable.Range(0, Count).Select(n => $"{n}"), all.Select(status => status!.Output));
    }

    private async Task StartManyAsync(int from, int count)
        => await Task.WhenAll(Enumerable.Range(from, count).Select(n => Engine.StartAsync(Main, $"i{n}", n, null, CancellationToken.None)));
}
