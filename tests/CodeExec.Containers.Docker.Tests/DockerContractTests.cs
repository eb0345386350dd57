using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Docker.Tests;

public sealed class DockerContractTests(DockerFixture docker) : ContainerProviderContract, IClassFixture<DockerFixture>
{
    protected override IContainerProvider Provider => docker.Provider;

    protected override string? Obstacle => docker.Problem;

    protected override ContainerSpec Spec => DockerFixture.Plain;

    protected override ContainerSpec CompilerSpec => DockerFixture.Compiler;

    protected override IReadOnlyList<string> Leftovers() => docker.Leftovers();
}

/// <summary>Isolation must not depend on how an interpreter was started.</summary>
public sealed class HeldInterpreterContractTests(DockerFixture docker) : ContainerProviderContract, IClassFixture<DockerFixture>
{
    protected override IContainerProvider Provider => docker.Provider;

    protected override string? Obstacle => docker.Problem;

    protected override ContainerSpec Spec => DockerFixture.Held;

    protected override ContainerSpec CompilerSpec => DockerFixture.Compiler;

    protected override IReadOnlyList<string> Leftovers() => docker.Leftovers();
}
