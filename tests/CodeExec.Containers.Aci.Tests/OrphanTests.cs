using System.Text.Json.Nodes;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>What a host that is gone has left.</summary>
public sealed class OrphanTests : IAsyncLifetime
{
    private readonly AciFixture _azure = new();

    public Task InitializeAsync() => _azure.InitializeAsync();

    [SkippableFact]
    public async Task ReapAsync_AnEarlierLifeLeftGroups_RemovesThemAndNobodyElses()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        for (int i = 0; i < 3; i++)
        {
            await _azure.NewHost(hostName: "a").CreateAsync(AciFixture.Plain, CancellationToken.None); // never disposed: it crashed
        }

        await using IContainer neighbour = await _azure.NewHost(hostName: "b").CreateAsync(AciFixture.Plain, CancellationToken.None);
        _azure.Arm.Plant("somebody-elses", new JsonObject { ["team"] = "data" });
        IContainerProvider later = _azure.NewHost(hostName: "a");

        Assert.Equal(3, await later.ReapAsync(CancellationToken.None));

        Assert.Equal(new[] { neighbour.Id, "somebody-elses" }.Order(), _azure.Arm.Groups.Keys.Order());
        Assert.Equal(0, await later.ReapAsync(CancellationToken.None));
        Assert.Equal("1\n", (await neighbour.RunAsync(ContainerHarness.Python("print(1)"))).Stdout);
    }

    [SkippableFact]
    public async Task SweepAsync_AHostHasCrashed_AnotherRemovesItsGroups()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        (IContainerProvider a, OrphanSweep signsOfA) = NewHost("a");
        (_, OrphanSweep sweep) = NewHost("b");
        await a.CreateAsync(AciFixture.Plain, CancellationToken.None);
        await signsOfA.SweepAsync(CancellationToken.None);

        _azure.StoreClock.Advance(TimeSpan.FromMinutes(3));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Single(_azure.Arm.Groups); // it may only be late

        _azure.StoreClock.Advance(TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task SweepAsync_HostThatNeverSignedHere_KeepsItsGroups()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        await _azure.NewHost(hostName: "of-another-system").CreateAsync(AciFixture.Plain, CancellationToken.None);

        (_, OrphanSweep sweep) = NewHost("b");
        await sweep.SweepAsync(CancellationToken.None);
        _azure.StoreClock.Advance(TimeSpan.FromHours(1));
        await sweep.SweepAsync(CancellationToken.None);

        Assert.Single(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task SweepAsync_GroupHasOutlivedItsEnd_GoesWhoeverMadeIt()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        _azure.Arm.Plant("old", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "2020-01-01T00:00:00.0000000+00:00" });
        _azure.Arm.Plant("unfinished", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "2999-01-01T00:00:00.0000000+00:00" });
        _azure.Arm.Plant("odd", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "soon" });

        (_, OrphanSweep sweep) = NewHost("b");
        await sweep.SweepAsync(CancellationToken.None);

        Assert.Equal(["odd", "unfinished"], _azure.Arm.Groups.Keys.Order());
    }

    public Task DisposeAsync() => _azure.DisposeAsync();

    private (IContainerProvider Provider, OrphanSweep Sweep) NewHost(string name)
    {
        ServiceProvider services = _azure.NewServices(hostName: name);
        return (services.GetRequiredService<IContainerProvider>(), services.GetServices<IHostedService>().OfType<OrphanSweep>().Single());
    }
}
