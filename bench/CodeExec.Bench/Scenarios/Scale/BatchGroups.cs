using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Scenarios.Scale;

internal sealed class BatchGroups : BatchScenario
{
    public override string Name => "batch-groups";

    public override string Question => "How many container groups at once, and how many executions for each?";

    protected override string[] Columns => ["groups", "executions each"];

    protected override IEnumerable<(Cloud Cloud, BatchSetting Setting, string[] Cells)> Settings()
        => Sweeps.Pools.Concat(Sweeps.PerGroup).Distinct().Select(setting => (new Cloud(), setting, new[] { Cell(setting.Pool), Cell(setting.ExecutionsPerGroup) }));
}
