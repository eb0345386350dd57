using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

public sealed class CellContractTests(CellsFixture cells) : ContainerProviderContract, IClassFixture<CellsFixture>
{
    protected override IContainerProvider Provider => cells.Provider;

    protected override string? Obstacle => cells.Problem;

    protected override ContainerSpec Spec => CellsFixture.Plain;

    protected override IReadOnlyList<string> Leftovers() => cells.Leftovers();
}

/// <summary>Isolation must not depend on how an interpreter was started.</summary>
public sealed class ForkedCellContractTests(CellsFixture cells) : ContainerProviderContract, IClassFixture<CellsFixture>
{
    protected override IContainerProvider Provider => cells.Provider;

    protected override string? Obstacle => cells.Problem;

    protected override ContainerSpec Spec => CellsFixture.Forked;

    protected override IReadOnlyList<string> Leftovers() => cells.Leftovers();
}

public sealed class CellLimitsTests(CellsFixture cells) : ContainerLimitsContract, IClassFixture<CellsFixture>
{
    protected override IContainerProvider Provider => cells.Provider;

    protected override string? Obstacle => cells.Problem;

    protected override ContainerSpec Spec => CellsFixture.Plain with { WorkspaceMb = 32 };
}

public sealed class ForkedCellLimitsTests(CellsFixture cells) : ContainerLimitsContract, IClassFixture<CellsFixture>
{
    protected override IContainerProvider Provider => cells.Provider;

    protected override string? Obstacle => cells.Problem;

    protected override ContainerSpec Spec => CellsFixture.Forked with { WorkspaceMb = 32 };
}
