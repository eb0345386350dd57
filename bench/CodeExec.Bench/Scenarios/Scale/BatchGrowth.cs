using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Scenarios.Scale;

internal sealed class BatchGrowth : BatchScenario
{
    public override string Name => "batch-growth";

    public override string Question => "What do more regions bring?";

    protected override string[] Columns => ["regions", "groups"];

    protected override IEnumerable<(Cloud Cloud, BatchSetting Setting, string[] Cells)> Settings()
        => Sweeps.Growth.Select(step => (new Cloud { Regions = step.Regions }, step.Setting, new[] { Cell(step.Regions), Cell(step.Setting.Pool) }));
}
