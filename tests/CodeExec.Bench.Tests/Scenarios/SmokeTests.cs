using CodeExec.Bench.Scenarios;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Tests.Scenarios;

/// <summary>Every scenario, in a few rounds, against the built server: that it works, never how fast.</summary>
public abstract class SmokeTests
{
    private protected static TheoryData<string> NamesWhere(Func<Scenario, bool> fits) => [.. BenchRun.Scenarios.Where(fits).Select(s => s.Name)];

    protected static async Task IsValidAsync(string name)
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

public sealed class SmokeOfSharedServerTests : SmokeTests
{
    public static TheoryData<string> Names => NamesWhere(scenario => !scenario.NeedsItsOwnServer);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public Task Quick_EachScenario_IsValid(string name) => IsValidAsync(name);
}

/// <summary>A class of their own, so that they are tried beside the others.</summary>
public sealed class SmokeOfOwnServersTests : SmokeTests
{
    public static TheoryData<string> Names => NamesWhere(scenario => scenario.NeedsItsOwnServer);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public Task Quick_EachScenario_IsValid(string name) => IsValidAsync(name);
}
