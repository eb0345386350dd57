using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Tests.Simulation;

public sealed class DiceTests
{
    [Fact]
    public void Spread_ManyThrows_HasItsMedianAnd95thPercentile()
    {
        Dice dice = new(42);
        double[] throws = [.. Enumerable.Range(0, 20_000).Select(_ => dice.Spread(new Spread(30, 80))).Order()];

        Assert.InRange(throws[10_000], 29, 31);
        Assert.InRange(throws[19_000], 76, 84);
        Assert.True(throws[0] > 0);
    }

    [Fact]
    public void Next_ManyThrows_AreSpreadOverAll()
    {
        Dice dice = new(42);
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++)
        {
            tenths[(int)(dice.Next() * 10)]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 900, 1100));
    }
}
