using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>Groups that wait, get their job by exec, and are deployed anew for the next one.</summary>
public sealed class ExecContractTests(AciFixture azure) : ContainerProviderContract, IClassFixture<AciFixture>
{
    protected override IContainerProvider Provider => azure.Provider;

    protected override string? Obstacle => azure.Problem;

    protected override ContainerSpec Spec => AciFixture.Plain;

    protected override ContainerSpec CompilerSpec => AciFixture.Compiler;

    protected override IReadOnlyList<string> Leftovers() => azure.Leftovers();
}

/// <summary>Isolation must not depend on how an interpreter was started.</summary>
public sealed class HeldContractTests(AciFixture azure) : ContainerProviderContract, IClassFixture<AciFixture>
{
    protected override IContainerProvider Provider => azure.Provider;

    protected override string? Obstacle => azure.Problem;

    protected override ContainerSpec Spec => AciFixture.Held;

    protected override ContainerSpec CompilerSpec => AciFixture.Compiler;

    protected override IReadOnlyList<string> Leftovers() => azure.Leftovers();
}

/// <summary>Groups that are made for one job, which is a file in them.</summary>
public sealed class SecretContractTests(SecretFixture azure) : ContainerProviderContract, IClassFixture<SecretFixture>
{
    protected override IContainerProvider Provider => azure.Provider;

    protected override string? Obstacle => azure.Problem;

    protected override ContainerSpec Spec => AciFixture.Plain;

    protected override ContainerSpec CompilerSpec => AciFixture.Compiler;

    protected override IReadOnlyList<string> Leftovers() => azure.Leftovers();
}
