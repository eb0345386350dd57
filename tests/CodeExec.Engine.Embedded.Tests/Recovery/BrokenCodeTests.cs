using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

/// <summary>Code that does what no orchestration should: it harms itself only.</summary>
public sealed class BrokenCodeTests : EngineTests
{
    private static readonly OrchestrationName<int, int> Main = new("Main");
    private static readonly OrchestrationName<Node, int> Loop = new("Loop");

    [Fact]
    public async Task RunAsync_AsyncVoidThrows_TheInstanceIsParkedAndOthersGoOn()
    {
        await Harness.StartAsync(new OrchestrationRegistry().Orchestration(Main, async (context, n) =>
        {
            int got = await context.WaitForEventAsync<int>("go");
            if (got == 1)
            {
                Forgotten();
            }
            await context.WaitForEventAsync<int>("more");
            return n;
        }));
        await Engine.StartAsync(Main, "bad", 1, null, CancellationToken.None);
        await Engine.StartAsync(Main, "good", 2, null, CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.RaiseEventAsync("bad", "go", 1, CancellationToken.None));
        InstanceStatus parked = await UntilSuspendedAsync("bad");
        await Engine.RaiseEventAsync("good", "go", 2, CancellationToken.None);
        await Engine.RaiseEventAsync("good", "more", 2, CancellationToken.None);

        Assert.Contains("forgotten", parked.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("2", (await Soon(Engine.WaitForEndAsync("good", CancellationToken.None)))!.Output);
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }

    [Fact]
    public async Task StartAsync_AsyncVoidThrowsAtOnce_TheCallerIsToldAndNothingIsLeft()
    {
        await Harness.StartAsync(new OrchestrationRegistry().Orchestration(Main, async (context, n) =>
        {
            Forgotten();
            return n + await context.WaitForEventAsync<int>("go");
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.StartAsync(Main, "one", 1, null, CancellationToken.None));

        Assert.Null(await Soon(Engine.WaitForEndAsync("one", CancellationToken.None)));
        Assert.Equal(0, Engine.GetStats().Active["Main"]);
    }

    [Fact]
    public async Task StartAsync_InputCannotBeWritten_TheCallerIsToldAndNoPlaceIsTaken()
    {
        await Harness.StartAsync(new OrchestrationRegistry().Orchestration(Loop, (_, _) => Task.FromResult(0), new OrchestrationLimits(MaxActive: 1)));
        Node loop = new();
        loop.Next = loop;
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => Engine.StartAsync(Loop, "one", loop, null, CancellationToken.None));

        Assert.Equal((0, 0), (Engine.GetStats().Active["Loop"], Engine.GetStats().Pending["Loop"]));
    }

    private static async void Forgotten()
    {
        await Task.CompletedTask;
        throw new InvalidOperationException("forgotten");
    }

    internal sealed class Node
    {
        public Node? Next { get; set; }
    }
}
