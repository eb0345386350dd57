using CodeExec.Bench.Scenarios;
using CodeExec.Bench.Scenarios.Scale;

namespace CodeExec.Bench.Tests.Scenarios;

/// <summary>These need no server, so they are tried where there is none, too.</summary>
public sealed class BatchScenarioTests
{
    public static TheoryData<string> Names => [.. BenchRun.Scenarios.OfType<BatchScenario>().Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Quick_EachOfThem_TellsATimeForEachRow(string name)
    {
        await using Lab lab = new(new BenchOptions([], Quick: true, null, null, null), TimeProvider.System, TextWriter.Null);

        ScenarioResult result = await BenchRun.Scenarios.Single(scenario => scenario.Name == name).RunAsync(lab, CancellationToken.None);

        Assert.All(result.Figures, figure => Assert.True(figure.Value > 0));
        Assert.Equal(result.Figures.Count, result.Table.ToString().Split('\n').Count(line => line.StartsWith('|')) - 2);
    }
}
