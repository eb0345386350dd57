using System.Globalization;
using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;
using CodeExec.Bench.Scenarios.Hello;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Load;

internal sealed class InFlightCost : Scenario
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    public override string Name => "in-flight";

    public override string Question => "What do executions in flight cost a Python hello world?";

    public override bool NeedsItsOwnServer => true;

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        int[] loads = lab.Quick ? [0, 3] : [0, 10, 1_000];
        Dictionary<string, string> settings = new()
        {
            ["Containers:Pool:MaxRunning"] = (loads[^1] + 20).ToString(CultureInfo.InvariantCulture),
        };
        await using ServerProcess server = await lab.StartServerAsync(lab.NewDataFolder(), settings, cancellationToken);
        Table table = new(Question, "in flight", "p50 ms", "p95 ms", "bare p50 ms", "bare p95 ms", "p50 / bare")
        {
            Note = "In flight: jails that each run a sleeping program, with the server allowed to run that many at once.",
        };
        List<Figure> figures = [];
        int inFlight = 0;
        foreach (int load in loads)
        {
            lab.Tell($"in-flight: {load}");
            Sleepers.Submit(load - inFlight, server.Address, lab);
            inFlight = load;
            await UntilAllRunAsync(server.Address, lab, cancellationToken);
            (Samples served, Samples bare) = Measure(server.Address, lab, cancellationToken);
            table.Add(
                Numbers.Count(load), Numbers.Ms(served.Median), Numbers.Ms(served.Percentile(95)), Numbers.Ms(bare.Median), Numbers.Ms(bare.Percentile(95)),
                Numbers.Ratio(served.Median / bare.Median));
            figures.Add(new($"inFlight.{load}.p50", served.Median, "ms"));
            figures.Add(new($"inFlight.{load}.p95", served.Percentile(95), "ms"));
            figures.Add(new($"inFlight.{load}.ratio", served.Median / bare.Median, "of bare"));
        }
        return new(table, figures);
    }

    private static (Samples Served, Samples Bare) Measure(Uri server, Lab lab, CancellationToken cancellationToken)
    {
        using ServedHello served = new(HelloPrograms.Python, server, lab.Key);
        using BareHello bare = new(HelloPrograms.Python);
        for (int i = 0; i < 3; i++)
        {
            served.Run();
        }
        return Interleaved.Measure(lab.Quick ? 3 : 200, served.Run, bare.Run, lab.Clock, cancellationToken);
    }

    private static async Task UntilAllRunAsync(Uri server, Lab lab, CancellationToken cancellationToken)
    {
        long start = lab.Clock.GetTimestamp();
        while (Sleepers.Listed("queued", server, lab) + Sleepers.Listed("preparing", server, lab) > 0)
        {
            if (lab.Clock.GetElapsedTime(start) > StartLimit)
            {
                throw new BenchFailedException($"The load was not running within {StartLimit.TotalMinutes:0} minutes.");
            }
            await Task.Delay(LookAgain, lab.Clock, cancellationToken);
        }
    }
}
