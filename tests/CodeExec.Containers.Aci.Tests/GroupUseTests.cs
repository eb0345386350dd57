using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Tests;

public sealed class GroupUseTests
{
    [Theory]
    [InlineData(false, 0.0093)]
    [InlineData(true, 0.00465)]
    public void Of_ADeployment_IsWholeSecondsOfProcessorsAndTenthsOfGigabytes(bool spot, double cost)
    {
        AciOptions options = new() { Cpu = 2, MemoryGb = 2.41, Spot = spot, Prices = new() { VcpuSecond = 0.0001, GbSecond = 0.00004, SpotShare = 0.5 } };
        DateTimeOffset begun = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Group group = new(GroupId.New(), AciFixture.Plain, new RegionRoom(new AciRegion(), new CreationLedger(Options.Create(options), NullLogger<CreationLedger>.Instance), options, TimeProvider.System), begun, begun.AddHours(1), begun.AddMinutes(30));

        GroupUse use = GroupUse.Of(group, options, begun.AddSeconds(30.2));

        Assert.Equal((TimeSpan.FromSeconds(31), 62, 77.5), (use.Duration, use.VcpuSeconds, use.GbSeconds));
        Assert.Equal(cost, use.Cost, 1e-12);
        Assert.Equal(new RunCost(62, 77.5m, (decimal)cost, "EUR"), use.ToCost("EUR"));
    }
}
