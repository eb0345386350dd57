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
