using System.Globalization;
using CodeExec.Bench.Report;
using CodeExec.Bench.Scenarios;
using CodeExec.Bench.Scenarios.Docker;
using CodeExec.Bench.Scenarios.Engine;
using CodeExec.Bench.Scenarios.Grading;
using CodeExec.Bench.Scenarios.Hello;
using CodeExec.Bench.Scenarios.Load;
using CodeExec.Bench.Scenarios.Scale;
using CodeExec.Bench.Scenarios.Soak;
using CodeExec.Bench.Server;

namespace CodeExec.Bench;

/// <summary>Runs the scenarios one after the other and prints what they found.</summary>
internal static class BenchRun
{
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [new HelloLatency(), new HelloThroughput(), new DockerHello(), new InFlightCost(), new EngineSteps(), new QueuedExecutions(), new Recovery(), new LogFanOut(),
            new GradingCost(), new BatchBeside(), new SoakRun(), new BatchShards(), new BatchGroups(), new BatchGrowth(), new BatchDivided()];

    /// <returns>0 if every measurement is valid, whatever it shows; 1 if one is void.</returns>
    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        TimeProvider clock = TimeProvider.System;
        await using Lab lab = new(options, clock, Console.Error);
        string machine = Machine(options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm}Z · {machine}\n"));
        List<Figure> figures = [];
        bool valid = true;
        foreach (Scenario scenario in Scenarios.Where(s => options.Only.Contains(s.Name) || (options.Only.Count == 0 && !s.OnlyWhenAsked)))
        {
            if (scenario.NeedsItsOwnServer && options.Server is not null)
            {
                lab.Tell($"{scenario.Name}: left out, for it starts and kills servers of its own");
                continue;
            }
            try
            {
                ScenarioResult result = await scenario.RunAsync(lab, cancellationToken);
                Console.WriteLine(result.Table);
                figures.AddRange(result.Figures);
            }
            catch (Exception e) when (e is BenchFailedException or System.Net.Sockets.SocketException)
            {
                valid = false;
                Console.WriteLine($"### {scenario.Question}\n\nVoid: {e.Message}\n");
            }
        }
        if (options.JsonFile is not null)
        {
            JsonReport.Write(options.JsonFile, machine, clock.GetUtcNow(), figures);
        }
        return valid ? 0 : 1;
    }

    private static string Machine(BenchOptions options)
    {
        string build = options.Server is not null ? "a running server" : ServerBinaries.FindOrNull() switch
        {
            { IsRelease: true } => "release build",
            null => "no server built",
            _ => "DEBUG BUILD of the server, its figures say little",
        };
        string rounds = options.Quick ? ", quick: figures mean nothing" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}, {build}{rounds}");
    }
}
