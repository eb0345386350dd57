using CodeExec.Contracts.Containers;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Cells that a test keeps beyond the life of a host: with them it is tested how long runs go from host to host, so they must keep the contract of such providers.</summary>
public sealed class LastingCloudTests(CellsFixture cells) : LastingProviderContract, IClassFixture<CellsFixture>, IAsyncLifetime
{
    private readonly LastingCloud _cloud = new(cells.Provider, TimeProvider.System);

    protected override ILastingProvider Here => _cloud.Host("here");

    protected override ILastingProvider There => _cloud.Host("there");

    protected override string NameOfHere => "here";

    protected override string? Obstacle => cells.Problem;

    protected override ContainerSpec Spec => CellsFixture.Plain;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cloud.DisposeAsync();
}
