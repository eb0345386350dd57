namespace CodeExec.Bench.Simulation;

/// <summary>Settings compared over days when groups start quickly, as usual, and slowly, each with several seeds: nobody knows beforehand which day it is.</summary>
internal static class BatchComparison
{
    public const int Submissions = 10_000;

    /// <summary>Within a fiftieth of each other times are the same, and so are costs: the assumptions are no better than that.</summary>
    private const double Same = 1.02;

    private static readonly double[] Days = [0.5, 1, 2];

    public static BatchOutcome Measure(Cloud cloud, BatchSetting setting, int submissions = Submissions, int seeds = 3)
    {
        BatchFigures[] all = [.. Days.SelectMany(day => Enumerable.Range(1, seeds).Select(seed => BatchSimulation.Run(On(cloud, day), setting, submissions, (ulong)seed)))];
        return new(setting, all.Average(f => f.Seconds), all.Min(f => f.Seconds), all.Max(f => f.Seconds), all.Average(f => f.Cost), all.Average(f => f.Created), all.Average(f => f.Efficiency), all.Average(f => f.GivenUp));
    }

    /// <summary>The quickest; of those as quick the cheapest; of those as cheap the one with the fewest hand-outs, fewest at once, that asks least of a group.</summary>
    public static BatchOutcome BestOf(IEnumerable<BatchOutcome> outcomes)
    {
        BatchOutcome[] all = [.. outcomes];
        double least = all.Min(outcome => outcome.Seconds);
        BatchOutcome[] quick = [.. all.Where(outcome => outcome.Seconds <= least * Same)];
        double cheapest = quick.Min(outcome => outcome.Cost);
        return quick.Where(outcome => outcome.Cost <= cheapest * Same)
            
            .OrderByDescending(outcome => outcome.Setting.ShardSize).ThenBy(outcome => outcome.Setting.ShardsAtOnce).ThenBy(outcome => outcome.Setting.ExecutionsPerGroup).ThenBy(outcome => outcome.Setting.Pool)
            .First();
    }

    private static Cloud On(Cloud cloud, double day) => cloud with { Start = cloud.Start.Times(day), Restart = cloud.Restart.Times(day) };
}
