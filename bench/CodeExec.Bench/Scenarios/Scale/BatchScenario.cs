using System.Globalization;
using CodeExec.Bench.Report;
using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Scenarios.Scale;

/// <summary>A table of what settings come to. Nothing is measured here: it is computed, and the same on every machine.</summary>
internal abstract class BatchScenario : Scenario
{
    private const string Assumptions = "Simulated: 10,000 submissions on container groups in regions with Azure's default quotas, on quick, usual and slow days. Time is the average, the range from the quickest day to the slowest.";

    public override bool OnlyWhenAsked => true;

    protected abstract string[] Columns { get; }

    public override Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        int submissions = lab.Quick ? 200 : BatchComparison.Submissions;
        Table table = new(Question, [.. Columns, "minutes", "range", "dollars", "groups made", "submissions a minute"]) { Note = Assumptions };
        List<Figure> figures = [];
        foreach ((Cloud cloud, BatchSetting setting, string[] cells) in Settings())
        {
            BatchOutcome outcome = BatchComparison.Measure(cloud, setting, submissions, lab.Quick ? 1 : 3);
            table.Add([.. cells, Numbers.Count(Math.Round(outcome.Seconds / 60)), $"{Minutes(outcome.Least)}–{Minutes(outcome.Most)}", outcome.Cost.ToString("0.00", CultureInfo.InvariantCulture),
                Numbers.Count(Math.Round(outcome.Created)), Numbers.Count(Math.Round(submissions / outcome.Seconds * 60))]);
            figures.Add(new($"{Name}.{string.Join('.', cells)}", outcome.Seconds, "s"));
        }
        return Task.FromResult(new ScenarioResult(table, figures));
    }

    protected abstract IEnumerable<(Cloud Cloud, BatchSetting Setting, string[] Cells)> Settings();

    protected static string Cell(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Minutes(double seconds) => Numbers.Count(Math.Round(seconds / 60));
}
