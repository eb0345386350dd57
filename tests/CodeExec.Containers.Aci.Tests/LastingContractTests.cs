using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>Groups that waited and got their job by exec, seen from two hosts.</summary>
public sealed class LastingExecContractTests(LastingFixture azure) : LastingProviderContract, IClassFixture<LastingFixture>
{
    protected override ILastingProvider Here => azure.Here;

    protected override ILastingProvider There => azure.There;

    protected override string NameOfHere => "here";

    protected override string? Obstacle => azure.Problem;

    protected override ContainerSpec Spec => AciFixture.Plain;
}

/// <summary>The same with groups that are made for their job.</summary>
public sealed class LastingSecretContractTests(LastingSecretFixture azure) : LastingProviderContract, IClassFixture<LastingSecretFixture>
{
    protected override ILastingProvider Here => azure.Here;

    protected override ILastingProvider There => azure.There;

    protected override string NameOfHere => "here";

    protected override string? Obstacle => azure.Problem;

    protected override ContainerSpec Spec => AciFixture.Plain;
}
