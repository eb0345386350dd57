using System.Globalization;
using CodeExec.Bench.Report;
using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Scenarios.Scale;

/// <summary>Nothing is measured here: it is computed, and the same on every machine.</summary>
internal sealed class BatchDivided : Scenario
{
    private static readonly int[] GroupsEach = [1, 2, 4];

    public override string Name => "batch-divided";

    public override string Question => "Should the tests of one submission be divided over several groups?";

    public override bool OnlyWhenAsked => true;

    public override Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Table table = new(Question, ["submissions", .. GroupsEach.Select(each => $"in {each}"), .. GroupsEach.Select(each => $"dollars, {each}")])
        {
            Note = "Simulated: submissions of 200 tests of 5 seconds on container groups in one region with Azure's default quotas; minutes, the average of quick, usual and slow days.",
        };
        List<Figure> figures = [];
        foreach (int submissions in Sweeps.SlowBatches.Take(lab.Quick ? 2 : int.MaxValue))
        {
            BatchOutcome[] outcomes = [.. GroupsEach.Select(each => Sweeps.Divided(submissions, each))];
            table.Add([Numbers.Count(submissions), .. outcomes.Select(one => Numbers.Count(Math.Round(one.Seconds / 60))), .. outcomes.Select(one => one.Cost.ToString("0.00", CultureInfo.InvariantCulture))]);
            figures.AddRange(GroupsEach.Zip(outcomes, (each, one) => new Figure($"{Name}.{submissions}.{each}", one.Seconds, "s")));
        }
        return Task.FromResult(new ScenarioResult(table, figures));
    }
}
