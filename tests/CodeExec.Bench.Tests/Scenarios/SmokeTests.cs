using CodeExec.Bench.Scenarios;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Tests.Scenarios;

/// <summary>Every scenario, in a few rounds, against the built server: that it works, never how fast.</summary>
public sealed class SmokeTests
{
    public static TheoryData<string> Names => [.. BenchRun.Scenarios.Select(s => s.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Quick_EachScenario_IsValid(string name)
    {
        Scenario scenario = BenchRun.Scenarios.Single(s => s.Name == name);
        ServerBinaries? binaries = ServerBinaries.FindOrNull();
        Skip.If(binaries is null, "The server is not built (dotnet build src/CodeExec.Server -c Release).");
        Skip.IfNot(File.Exists(Path.Combine(binaries.Root, "artifacts/runner/codeexec-runner")), "The runner is not published (./test does it).");
        Skip.IfNot(File.Exists("/usr/bin/bwrap"), "There is no bubblewrap here (apt-get install bubblewrap).");
        await using Lab lab = new(new BenchOptions([], Quick: true, null, null, null), TimeProvider.System, TextWriter.Null);

        ScenarioResult result = await scenario.RunAsync(lab, CancellationToken.None);

        Assert.NotEmpty(result.Figures);
        Assert.Contains(scenario.Question, result.Table.ToString(), StringComparison.Ordinal);
    }
}
