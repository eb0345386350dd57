using System.Text;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

public sealed class ManyCasesTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Cases_AThousandOneAfterAnother_EachGetTheirOwn(Place place)
    {
        JobStep step = TestJobs.Step("cat") with
        {
            Cases = [.. Enumerable.Range(0, 1000).Select(i => new JobCase { Id = $"{i}", Stdin = Encoding.UTF8.GetBytes($"number {i}") })],
        };

        JobResult result = await RunnerSession.RunAsync(place, step.ToJob());

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), result.Cases.Select(ended => ended.Case));
        Assert.All(result.Cases, ended => Assert.Equal($"number {ended.Case}", result.Text(OutputStream.Stdout, ended.Case)));
        Assert.All(result.Cases, ended => Assert.Equal((0, null), (ended.ExitCode, ended.Limit)));
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Cases_SideBySide_AreMeasuredAndEndedApart(Place place)
    {
        const string Script = """
            case $1 in
            spin) while :; do :; done ;;
            sleep) sleep 60 ;;
            flood) yes ;;
            child) (while :; do :; done) & sleep 60 ;;
            *) echo "$1" ;;
            esac
            """;
        JobStep step = TestJobs.Step("sh", "-c", Script, "sh") with
        {
            Parallelism = 6,
            ContinueOnFailure = true,
            Limits = TestJobs.Limits with { CpuMs = 400, WallMs = 20_000, OutputBytes = 5000 },
            Cases = [.. new[] { "spin", "flood", "child", "a", "b", "c", "d", "e" }.Select(name => new JobCase { Id = name, Arguments = [name] })],
        };

        JobResult result = await RunnerSession.RunAsync(place, step.ToJob());

        Dictionary<string, CaseEndedEvent> ended = result.Cases.ToDictionary(item => item.Case);
        Assert.Equal(8, ended.Count);
        Assert.Equal(LimitKind.CpuTime, ended["spin"].Limit);
        Assert.Equal(LimitKind.CpuTime, ended["child"].Limit);
        Assert.Equal(LimitKind.Output, ended["flood"].Limit);
        Assert.All(new[] { "a", "b", "c", "d", "e" }, name =>
        {
            Assert.Equal((0, null, $"{name}\n"), (ended[name].ExitCode, ended[name].Limit, result.Text(OutputStream.Stdout, name)));
            Assert.True(ended[name].CpuMs < 300, $"{name} is charged {ended[name].CpuMs} ms");
        });
    }

    [Fact]
    public async Task Cases_SideBySide_NeverExceedTheNumberAskedFor()
    {
        JobStep step = TestJobs.Shell("mkdir running.$$; ls -d running.* | wc -l; sleep 0.05; rmdir running.$$").WithCases(20) with { Parallelism = 3 };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        int[] seen = [.. result.Cases.Select(ended => int.Parse(result.Text(OutputStream.Stdout, ended.Case), System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(20, seen.Length);
        Assert.InRange(seen.Max(), 2, 3);
    }

    [Fact]
    public async Task Cases_OneFails_TheRestIsNotStarted()
    {
        JobStep step = TestJobs.Step("sh", "-c", "exit $1", "sh") with
        {
            Cases = [.. new[] { "0", "0", "3", "0" }.Select((code, i) => new JobCase { Id = $"{i}", Arguments = [code] })],
        };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.Equal([0, 0, 3], result.Cases.Select(ended => ended.ExitCode!.Value));
    }
}
