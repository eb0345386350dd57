namespace CodeExec.Containers.Aci.Tests;

/// <summary>A host that makes a group for each job, with the job in it.</summary>
public sealed class SecretFixture : AciFixture
{
    protected override void Configure(AciOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Delivery = JobDelivery.Secret;
        options.CreationsPerFiveMinutes = 10_000; // a group for each job: Azure's own limits would be spent before half of the tests
        options.CreationsPerHour = 10_000;
        Arm.Faults.LogOfEnded = Arm.Faults.LogOfRunning; // such a job may have ended before anybody listens: what is lost then is for FailureTests
    }
}
