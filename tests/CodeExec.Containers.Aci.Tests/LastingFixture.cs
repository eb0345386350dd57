using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>Two hosts that share a resource group.</summary>
public class LastingFixture : AciFixture
{
    public ILastingProvider Here => field ??= NewLastingHost("here");

    public ILastingProvider There => field ??= NewLastingHost("there");

    protected virtual JobDelivery Delivery => JobDelivery.Exec;

    private ILastingProvider NewLastingHost(string name)
    {
        Arm.Faults.LogOfEnded = Arm.Faults.LogOfRunning; // what is lost of a longer one is for LastingTests
        return (ILastingProvider)NewHost(options => options.Delivery = Delivery, name);
    }
}

public sealed class LastingSecretFixture : LastingFixture
{
    protected override JobDelivery Delivery => JobDelivery.Secret;
}
