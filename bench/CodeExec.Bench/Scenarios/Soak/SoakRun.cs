using CodeExec.Bench.Report;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Soak;

/// <summary>Promise P30: after a long time of mixed load the server holds no more of the machine than at its beginning.</summary>
internal sealed class SoakRun : Scenario
{
    private const double RssGrowth = 0.10;
    private const double Slack = 0.10; // of descriptors and threads: ready cells come and go with demand
    private const int SlackAtLeast = 24;

    public override string Name => "soak";

    public override string Question => "What does the server hold after a long time of mixed load, one program in twenty abusive?";

    public override bool NeedsItsOwnServer => true;

    public override bool OnlyWhenAsked => true;

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        (int marks, TimeSpan between, TimeSpan rest) = lab.Quick
            ? (3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2))
            : (lab.Minutes, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        int warmUp = Math.Max(2, marks / 6); // P30: ten minutes of an hour; the first minute also has the start in it
        string data = lab.NewDataFolder();
        await using ServerProcess server = await lab.StartServerAsync(data, new Dictionary<string, string>(), cancellationToken);
        Table table = new(Question, "minute", "executions", "abusive", "least RSS MB", "descriptors", "threads", "mounts", "cgroups", "temp files", "jail processes")
        {
            Note = $"Taken at rest: the load is held for {rest.TotalSeconds:0} s first. The first {warmUp} are warm-up; the last must be as the last of the warm-up was, RSS within 10 %.",
        };
        List<SoakMark> taken = [];
        using SoakLoad load = new(server.Address, lab.Key);
        for (int minute = 1; minute <= marks; minute++)
        {
            long least = await LeastMemoryAsync(Task.Run(() => load.RunFor(between, lab.Clock), cancellationToken), server, lab.Clock, cancellationToken);
            await Task.Delay(rest, lab.Clock, cancellationToken);
            taken.Add(SoakMark.Of(server.Id, data) with { ResidentBytes = Math.Min(least, server.ResidentBytes) });
            table.Add(RowOf($"{minute}", load, taken[^1]));
            lab.Tell($"soak: {string.Join(" · ", RowOf($"{minute}", load, taken[^1]))}");
        }

        List<string> grown = [.. Grown(taken[warmUp - 1], taken[^1])];
        table.Add([grown.Count == 0 ? "P30: pass" : "P30: FAIL, grown: " + string.Join(", ", grown), .. Enumerable.Repeat("", 9)]);
        return new(table,
        [
            new("soak.pass", grown.Count == 0 ? 1 : 0, "of 1"),
            new("soak.executions", load.Done, "executions"),
            new("soak.rssGrowth", ((double)taken[^1].ResidentBytes / taken[warmUp - 1].ResidentBytes) - 1, "of RSS after warm-up"),
        ]);
    }

    // Resident memory swings with the collector by a third and more: what a server can not do without is the least of a minute.
    private static async Task<long> LeastMemoryAsync(Task running, ServerProcess server, TimeProvider clock, CancellationToken cancellationToken)
    {
        long least = long.MaxValue;
        while (!running.IsCompleted)
        {
            least = Math.Min(least, server.ResidentBytes);
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken));
        }

        await running;
        return least;
    }

    private static string[] RowOf(string minute, SoakLoad load, SoakMark mark) =>
    [
        minute, Numbers.Count(load.Done), Numbers.Count(load.Abusive), Numbers.Count(mark.ResidentBytes / 1048576.0), Numbers.Count(mark.Descriptors), Numbers.Count(mark.Threads),
        Numbers.Count(mark.Mounts), Numbers.Count(mark.Cgroups), Numbers.Count(mark.TemporaryFiles), Numbers.Count(mark.JailProcesses),
    ];

    private static IEnumerable<string> Grown(SoakMark baseline, SoakMark last)
    {
        (string Name, double Before, double After, double Allowed)[] held =
        [
            ("RSS", baseline.ResidentBytes, last.ResidentBytes, baseline.ResidentBytes * RssGrowth),
            ("descriptors", baseline.Descriptors, last.Descriptors, Math.Max(SlackAtLeast, baseline.Descriptors * Slack)),
            ("threads", baseline.Threads, last.Threads, Math.Max(SlackAtLeast / 2, baseline.Threads * Slack)),
            ("mounts", baseline.Mounts, last.Mounts, 0),
            ("cgroups", baseline.Cgroups, last.Cgroups, SlackAtLeast / 2),
            ("temp files", baseline.TemporaryFiles, last.TemporaryFiles, 0),
            ("jail processes", baseline.JailProcesses, last.JailProcesses, SlackAtLeast),
        ];
        return held.Where(one => one.After > one.Before + one.Allowed).Select(one => one.Name);
    }
}
