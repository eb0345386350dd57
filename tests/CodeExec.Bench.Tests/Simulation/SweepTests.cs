using System.Globalization;
using CodeExec.Bench.Simulation;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;

namespace CodeExec.Bench.Tests.Simulation;

/// <summary>What is set when nobody sets anything is what the simulation finds best, and what the document says of it is what it finds.</summary>
public sealed class SweepTests
{
    private static readonly Lazy<Dictionary<BatchSetting, BatchOutcome>> Outcomes = new(() => Sweeps.Shards.Concat(Sweeps.Pools).Concat(Sweeps.PerGroup).Distinct()
        .ToDictionary(setting => setting, setting => BatchComparison.Measure(new Cloud(), setting)));

    [Fact]
    public void Default_AmongAllThatAreCompared_IsTheBest() => Assert.Equal(Sweeps.Default, BatchComparison.BestOf(Outcomes.Value.Values).Setting);

    [Fact]
    public void Default_OfBatches_IsWhatIsSet()
        => Assert.Equal((Sweeps.Default.ShardSize, Sweeps.Default.ShardsAtOnce), (new BatchOptions().ShardSize, ShardFanOut.AtOnce(Sweeps.Default.Pool)));

    [Fact]
    public void BestOf_Outcomes_AreTheQuickestThenTheCheapestThenTheSimplest()
    {
        BatchSetting simple = new(100, 2, 90, 10), other = new(50, 4, 90, 10);

        Assert.Equal(other, Best((simple, 110, 1), (other, 100, 2)));
        Assert.Equal(other, Best((simple, 100, 2), (other, 101, 1)));
        Assert.Equal(simple, Best((simple, 101, 1.01), (other, 100, 1)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    public void Document_TimesOfShards_AreThoseOfTheSimulation(int size)
        => Assert.Equal(Minutes(Sweeps.Shards.Where(setting => setting.ShardSize == size)), Row($"| {size} |", $"| **{size}** |"));

    [Fact]
    public void Document_TimesOfGroups_AreThoseOfTheSimulation()
    {
        Assert.Equal(Minutes(Sweeps.PerGroup), Row("| minutes | 2,"));
        Assert.Equal(Minutes(Sweeps.Pools), Row("| minutes | 4"));
    }

    [Fact]
    public void Document_TimesOfRegions_AreThoseOfTheSimulation()
        => Assert.Equal(
            Sweeps.Growth.Select(step => Rounded(BatchComparison.Measure(new Cloud { Regions = step.Regions }, step.Setting).Seconds)),
            Row("| minutes | 84 (").Select(cell => cell.Split(' ')[0]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Document_TimesOfDividedSubmissions_AreThoseOfTheSimulation(int groupsEach)
        => Assert.Equal(Sweeps.SlowBatches.Select(submissions => Rounded(Sweeps.Divided(submissions, groupsEach).Seconds)), Row($"| in {groupsEach} group"));

    private static IEnumerable<string> Minutes(IEnumerable<BatchSetting> settings) => settings.Select(setting => Rounded(Outcomes.Value[setting].Seconds));

    private static string Rounded(double seconds) => Math.Round(seconds / 60).ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The figures of the one row of the document that begins so.</summary>
    private static IEnumerable<string> Row(params string[] beginnings)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }
        string row = File.ReadLines(Path.Combine(folder.FullName, "docs", "scale.md")).Single(line => beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal)));
        return row.Split('|', StringSplitOptions.RemoveEmptyEntries)[1..].Select(cell => cell.Replace("min", "", StringComparison.Ordinal).Trim(' ', '*')).Where(cell => cell.Length > 0);
    }

    private static BatchSetting Best(params (BatchSetting Setting, double Seconds, double Cost)[] outcomes)
        => BatchComparison.BestOf(outcomes.Select(outcome => new BatchOutcome(outcome.Setting, outcome.Seconds, 0, 0, outcome.Cost, 0, 0, 0))).Setting;
}
