using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;
using CodeExec.Bench.Scenarios.Hello;

namespace CodeExec.Bench.Scenarios.Docker;

/// <summary>Containers that wait ready, against containers made for each program, against cells.</summary>
internal sealed class DockerHello : Scenario
{
    private const int Clients = 4;

    /// <summary>Long enough for the pool to make the next container, and the same for all sides: after a pause everything is slower.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override string Name => "docker";

    public override string Question => "What does a Python hello world take in Docker, beside `docker run --rm --network none` and beside cells?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Table table = new(Question, "", "p50 ms", "p95 ms", "docker run / this, p50", $"/s with {Clients} clients", "this / docker run, /s")
        {
            Note = $"One after the other with {Pause.TotalMilliseconds:0} ms between, in turns, so that the pool keeps up; then {Clients} clients without a pause, when it can not.",
        };
        if (DockerRun.WhyNot() is { } missing)
        {
            table.Add(missing, "–", "–", "–", "–", "–");
            return new(table, [new("docker.available", 0, "")]);
        }
        Uri server = await lab.SharedServerAsync(cancellationToken);
        (string Name, Samples Samples)[] latency = await MeasureLatencyAsync(server, lab, cancellationToken);
        Dictionary<string, double> rates = MeasureThroughput(server, lab, cancellationToken);
        Samples baseline = latency[^1].Samples;
        List<Figure> figures = [new("docker.available", 1, "")];
        foreach ((string name, Samples samples) in latency)
        {
            table.Add(
                name, Numbers.Ms(samples.Median), Numbers.Ms(samples.Percentile(95)), Numbers.Ratio(baseline.Median / samples.Median),
                Numbers.Count(rates[name]), Numbers.Ratio(rates[name] / rates[latency[^1].Name]));
            string key = name.Split(' ')[0] == "`docker" ? "run" : name.Split(' ')[0].ToLowerInvariant();
            figures.Add(new($"docker.{key}.p50", samples.Median, "ms"));
            figures.Add(new($"docker.{key}.rate", rates[name], "/s"));
        }
        return new(table, figures);
    }

    private static async Task<(string, Samples)[]> MeasureLatencyAsync(Uri server, Lab lab, CancellationToken cancellationToken)
    {
        using ServedHello docker = new(HelloPrograms.Python, server, lab.Key, "docker");
        using ServedHello cells = new(HelloPrograms.Python, server, lab.Key, "cells");
        using DockerRun run = new();
        (string Name, Action Action, Samples Samples)[] sides = [("Docker, pooled", docker.Run, new()), ("Cells, pooled", cells.Run, new()), ("`docker run`", run.Run, new())];
        int rounds = lab.Quick ? 2 : 40;
        for (int i = -2; i < rounds; i++)
        {
            lab.Tell($"docker: round {i + 1} of {rounds}");
            foreach ((string _, Action action, Samples samples) in sides)
            {
                await Task.Delay(lab.Quick ? TimeSpan.Zero : Pause, lab.Clock, cancellationToken);
                long start = lab.Clock.GetTimestamp();
                action();
                if (i >= 0)
                {
                    samples.Add(lab.Clock.GetElapsedTime(start));
                }
            }
        }
        return [.. sides.Select(side => (side.Name, side.Samples))];
    }

    private static Dictionary<string, double> MeasureThroughput(Uri server, Lab lab, CancellationToken cancellationToken)
    {
        ServedHello[] docker = [.. Enumerable.Range(0, Clients).Select(_ => new ServedHello(HelloPrograms.Python, server, lab.Key, "docker"))];
        ServedHello[] cells = [.. Enumerable.Range(0, Clients).Select(_ => new ServedHello(HelloPrograms.Python, server, lab.Key, "cells"))];
        DockerRun[] run = [.. Enumerable.Range(0, Clients).Select(_ => new DockerRun())];
        Dictionary<string, Action[]> sides = new()
        {
            ["Docker, pooled"] = [.. docker.Select(one => (Action)one.Run)],
            ["Cells, pooled"] = [.. cells.Select(one => (Action)one.Run)],
            ["`docker run`"] = [.. run.Select(one => (Action)one.Run)],
        };
        Dictionary<string, List<double>> rates = sides.Keys.ToDictionary(name => name, _ => new List<double>());
        try
        {
            // What the pool held ready when a turn began must not count as throughput: turns are long against it.
            TimeSpan duration = TimeSpan.FromSeconds(lab.Quick ? 0.3 : 15);
            for (int turn = 0; turn < (lab.Quick ? 1 : 3); turn++)
            {
                foreach ((string name, Action[] workers) in sides)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    lab.Tell($"docker: {name}, {Clients} clients");
                    rates[name].Add(ClosedLoop.PerSecond(workers, duration, lab.Clock));
                }
            }
        }
        finally
        {
            Array.ForEach(docker, one => one.Dispose());
            Array.ForEach(cells, one => one.Dispose());
            Array.ForEach(run, one => one.Dispose());
        }
        return rates.ToDictionary(side => side.Key, side => side.Value.Order().ElementAt(side.Value.Count / 2));
    }
}
