using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Scenarios.Scale;

internal sealed class BatchShards : BatchScenario
{
    public override string Name => "batch-shards";

    public override string Question => "How large should shards be, and how many at once?";

    protected override string[] Columns => ["shard of", "at once"];

    protected override IEnumerable<(Cloud Cloud, BatchSetting Setting, string[] Cells)> Settings()
        => Sweeps.Shards.Select(setting => (new Cloud(), setting, new[] { Cell(setting.ShardSize), Cell(setting.ShardsAtOnce) }));
}
