using CodeExec.Contracts.Disks;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded.Tests.Faults;

public sealed class FullDiskTests
{
    private static readonly OrchestrationName<string, int> Main = new("Main");
    private static readonly ActivityName<string, string> Work = new("Work");

    [SkippableFact]
    public async Task Disk_IsFullForAWhile_NothingIsLostAndWorkGoesOn()
    {
        using SmallDisk? disk = SmallDisk.TryMake();
        Skip.If(disk is null, "This process may not mount a file system to fill up.");
        await using EmbeddedHarness harness = new(disk!.File("engine.db"));
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await harness.StartAsync(new OrchestrationRegistry()
            .Orchestration(Main, async (context, text) => (await context.CallActivityAsync(Work, text)).Length)
            .Activity(Work, async (_, text, _) =>
            {
                await held.Task;
                return text + text;
            }));
        string big = new('x', 20_000);
        List<string> accepted = [];
        disk.Fill();
        int refused = 0;
        for (int n = 0; n < 200 && refused < 3; n++)
        {
            try
            {
                await harness.Engine.StartAsync(Main, $"i{n}", big, null, CancellationToken.None);
                accepted.Add($"i{n}");
            }
            catch (StoreUnavailableException)
            {
                refused++;
            }
        }
        held.SetResult();
        disk.Free();
        Task<InstanceStatus?[]> all = Task.WhenAll(accepted.Select(id => harness.Engine.WaitForEndAsync(id, CancellationToken.None)));
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, harness.Clock.WhenTimersAreSetAsync()).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
            harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, refused);
        Assert.All(await all, ended => Assert.Equal((InstanceState.Completed, "40000"), (ended!.State, ended.Output)));
        Assert.Empty(harness.Database.CheckIntegrity());
        Assert.True(await harness.Engine.StartAsync(Main, "afterwards", "x", null, CancellationToken.None));
    }
}
