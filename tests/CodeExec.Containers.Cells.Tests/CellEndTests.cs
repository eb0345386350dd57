using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Cells that end in a moment nobody chose: what belonged to them is given back once, and nobody else is charged.</summary>
public sealed class CellEndTests : IAsyncLifetime
{
    private readonly CellsFixture _cells = new();

    public async Task InitializeAsync() => await _cells.InitializeAsync();

    public async Task DisposeAsync() => await _cells.DisposeAsync();

    [SkippableFact]
    public async Task CreateAsync_IsCalledOffWhileTheCellStarts_ItsCgroupServesOneOtherCell()
    {
        Skip.If(_cells.Problem is not null, _cells.Problem);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _cells.Provider.CreateAsync(CellsFixture.Plain, new CancellationToken(canceled: true)));

        await using IContainer one = await _cells.Provider.CreateAsync(CellsFixture.Plain, CancellationToken.None);
        await using IContainer other = await _cells.Provider.CreateAsync(CellsFixture.Plain, CancellationToken.None);

        Skip.If(one.Isolation is not null, "There are no cgroups.");
        Assert.NotEqual(CgroupOf(one), CgroupOf(other));
    }

    [SkippableFact]
    public async Task RunAsync_IsLostAfterAnEarlierCaseRanOutOfMemory_TheLaterIsNotCharged()
    {
        Skip.If(_cells.Problem is not null, _cells.Problem);
        await using IContainer cell = await _cells.Provider.CreateAsync(CellsFixture.Plain, CancellationToken.None);
        Skip.If(cell.Isolation is not null, "There are no cgroups.");
        Job job = ContainerHarness.Python("import sys, time\nif sys.stdin.read() == 'much':\n    x = bytearray(1 << 30)\ntime.sleep(600)");
        JobCase much = job.Steps[0].Cases[0] with { Id = "1", Stdin = "much"u8.ToArray() };
        job = job with { Steps = [job.Steps[0] with { Cases = [much, much with { Id = "2", Stdin = [] }], ContinueOnFailure = true }] };

        LimitKind? first = null;
        ContainerLostException lost = await Assert.ThrowsAsync<ContainerLostException>(async () =>
        {
            await foreach (RunnerEvent received in cell.RunAsync(job, new ContainerLimits(272L << 20, 72, 2), CancellationToken.None))
            {
                first ??= (received as CaseEndedEvent)?.Limit;
                if (received is CaseStartedEvent { Case: "2" })
                {
                    Signals.Send(((Cell)cell).ProcessId, SignalNumber.Kill);
                }
            }
        });

        Assert.Equal((LimitKind.Memory, false), (first, lost.OutOfMemory));
    }

    private static string CgroupOf(IContainer cell)
    {
        int outer = ((Cell)cell).ProcessId;
        return File.ReadAllLines($"/proc/{outer}/cgroup").First(line => line.Contains("memory", StringComparison.Ordinal) || line.StartsWith("0::", StringComparison.Ordinal));
    }
}
