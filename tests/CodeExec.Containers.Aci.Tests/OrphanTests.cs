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

        Assert.Equal(new[] { AciFixture.NameOf(neighbour), "somebody-elses" }.Order(), _azure.Arm.Groups.Keys.Order());
        Assert.Equal(0, await later.ReapAsync(CancellationToken.None));
        Assert.Equal("1\n", (await neighbour.RunAsync(ContainerHarness.Python("print(1)"))).Stdout);
    }

    [SkippableFact]
    public async Task ListAsync_GroupsOfSeveralHosts_AreToldWithTheirOwnersAndCanBeRemoved()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        IContainer crashed = await _azure.NewHost(hostName: "a").CreateAsync(AciFixture.Plain, CancellationToken.None);
        _azure.Arm.Plant("somebody-elses", new JsonObject { ["team"] = "data" });
        IContainerProvider other = _azure.NewHost(hostName: "b");

        OwnedContainer owned = Assert.Single(await other.ListAsync(CancellationToken.None));
        Assert.Equal((crashed.Id, "a"), (owned.Id, owned.Owner));
        Assert.InRange(TimeProvider.System.GetUtcNow() - owned.MadeAt, TimeSpan.Zero, TimeSpan.FromMinutes(5));

        await other.RemoveAsync(owned.Id, CancellationToken.None);
        await other.RemoveAsync(owned.Id, CancellationToken.None);
        Assert.Equal(["somebody-elses"], _azure.Arm.Groups.Keys);
    }

    [SkippableFact]
    public async Task SweepAsync_GroupHasOutlivedItsEnd_GoesWhoeverMadeIt()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        _azure.Arm.Plant("old", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "2020-01-01T00:00:00.0000000+00:00" });
        _azure.Arm.Plant("unfinished", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "2999-01-01T00:00:00.0000000+00:00" });
        _azure.Arm.Plant("odd", new JsonObject { ["codeexec-host"] = "of-another-system", ["codeexec-ends"] = "soon" });

        ExpirySweep sweep = _azure.NewServices(hostName: "b").GetServices<IHostedService>().OfType<ExpirySweep>().Single();
        await sweep.SweepAsync(CancellationToken.None);

        Assert.Equal(["odd", "unfinished"], _azure.Arm.Groups.Keys.Order());
    }

    public Task DisposeAsync() => _azure.DisposeAsync();
}
