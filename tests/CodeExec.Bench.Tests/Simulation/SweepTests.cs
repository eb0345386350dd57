using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Tests.Simulation;

/// <summary>What is set when nobody sets anything is what the simulation finds best.</summary>
public sealed class SweepTests
{
    [Fact]
    public void Default_AmongAllThatAreCompared_IsTheBest()
    {
        BatchOutcome best = BatchComparison.BestOf(Sweeps.Shards.Concat(Sweeps.Pools).Concat(Sweeps.PerGroup).Distinct().Select(setting => BatchComparison.Measure(new Cloud(), setting)));

        Assert.Equal(Sweeps.Default, best.Setting);
    }

    [Fact]
    public void BestOf_Outcomes_AreTheQuickestThenTheCheapestThenTheSimplest()
    {
        BatchSetting simple = new(100, 2, 90, 10), other = new(50, 4, 90, 10);

        Assert.Equal(other, Best((simple, 110, 1), (other, 100, 2)));
        Assert.Equal(other, Best((simple, 100, 2), (other, 101, 1)));
        Assert.Equal(simple, Best((simple, 101, 1.01), (other, 100, 1)));
    }

    private static BatchSetting Best(params (BatchSetting Setting, double Seconds, double Cost)[] outcomes)
        => BatchComparison.BestOf(outcomes.Select(outcome => new BatchOutcome(outcome.Setting, outcome.Seconds, 0, 0, outcome.Cost, 0, 0, 0))).Setting;
}
