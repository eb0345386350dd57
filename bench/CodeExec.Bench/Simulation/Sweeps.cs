namespace CodeExec.Bench.Simulation;

/// <summary>
/// Which settings are compared: shapes of the fan-out with each other, then pools, then executions for each group, each with the others as they are by default. The best of
/// all of them is what our settings are unless somebody sets them; a test compares.
/// </summary>
internal static class Sweeps
{
    /// <summary>Our defaults, on container groups as Azure gives them to a new subscription.</summary>
    public static readonly BatchSetting Default = new(ShardSize: 50, ShardsAtOnce: 6, Pool: 90, ExecutionsPerGroup: 60);

    private static readonly int[] ShardSizes = [10, 25, 50, 100];
    private static readonly int[] ShardsAtOnce = [2, 4, 6, 9, 18, 45];
    private static readonly int[] PoolSizes = [15, 30, 45, 60, 75, 90];
    private static readonly int[] Uses = [1, 5, 10, 20, 30, 40, 50, 60, 80, 100];
    private static readonly int[] RegionCounts = [1, 2, 4, 8, 16];

    /// <summary>Graded submissions with slow tests: two hundred of five seconds.</summary>
    private static readonly Spread SlowTests = new(1000, 1500);

    private static readonly int[] BatchSizes = [1, 20, 45, 90, 180, 1000];

    public static IEnumerable<BatchSetting> Shards => ShardSizes.SelectMany(size => ShardsAtOnce.Select(shards => Default with { ShardSize = size, ShardsAtOnce = shards }));

    /// <summary>With 15 submissions of a shard at once, as by default.</summary>
    public static IEnumerable<BatchSetting> Pools => PoolSizes.Select(pool => Default with { Pool = pool, ShardsAtOnce = Math.Max(2, pool / 15) });

    public static IEnumerable<BatchSetting> PerGroup => Uses.Select(uses => Default with { ExecutionsPerGroup = uses });

    /// <summary>More regions, or as many times the quotas in one.</summary>
    public static IEnumerable<(int Regions, BatchSetting Setting)> Growth
        => RegionCounts.Select(regions => (regions, Default with { Pool = Default.Pool * regions, ShardsAtOnce = Default.ShardsAtOnce * regions }));

    public static IEnumerable<int> SlowBatches => BatchSizes;

    /// <summary>A batch of submissions with slow tests, each in so many groups: a part of its tests is a deployment of its own.</summary>
    public static BatchOutcome Divided(int submissions, int groupsEach)
        => BatchComparison.Measure(new Cloud { Execution = SlowTests.Times(1.0 / groupsEach) }, Default, submissions * groupsEach);
}
