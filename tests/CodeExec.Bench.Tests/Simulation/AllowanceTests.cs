using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Tests.Simulation;

public sealed class AllowanceTests
{
    [Fact]
    public void TryTake_MoreThanInFiveMinutes_WaitsForTheOldest()
    {
        Allowance allowance = new(inFiveMinutes: 2, inAnHour: 100);

        Assert.True(allowance.TryTake(0));
        Assert.True(allowance.TryTake(10));
        Assert.False(allowance.TryTake(20));
        Assert.Equal(300, allowance.NextAt(20));
        Assert.True(allowance.TryTake(300));
        Assert.Equal(310, allowance.NextAt(301));
    }

    [Fact]
    public void TryTake_MoreThanInAnHour_WaitsForTheHour()
    {
        Allowance allowance = new(inFiveMinutes: 100, inAnHour: 2);

        Assert.True(allowance.TryTake(0));
        Assert.True(allowance.TryTake(1000));
        Assert.Equal(3600, allowance.NextAt(2000));
        Assert.True(allowance.TryTake(3600));
        Assert.False(allowance.TryTake(3601));
    }
}
