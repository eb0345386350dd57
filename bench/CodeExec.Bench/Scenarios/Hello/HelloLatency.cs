using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;

namespace CodeExec.Bench.Scenarios.Hello;

internal sealed class HelloLatency : Scenario
{
    private const int WarmUps = 5;

    public override string Name => "latency";

    public override string Question => "How long does hello world take over HTTP (`POST /api/executions?wait=60`), one after the other?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Uri server = await lab.SharedServerAsync(cancellationToken);
        Table table = new(Question, "ms", "n", "p50", "p95", "p99", "bare p50", "bare p95", "bare p99", "p50 / bare")
        {
            Note = "Bare: the same program on this machine by posix_spawn, its output read to the end; with its compiler before it where the source is new "
                + "each time. Both sides in turns of ten.",
        };
        List<Figure> figures = [];
        foreach (HelloProgram program in HelloPrograms.All)
        {
            lab.Tell($"latency: {program.Name}");
            if (Lab.WhyNot(program.Compile ?? program.Run) is { } missing)
            {
                table.Add(program.Name, "0", "–", "–", "–", "–", "–", "–", missing);
                continue;
            }
            (Samples served, Samples bare) = Measure(program, server, lab, cancellationToken);
            table.Add(
                program.Name, Numbers.Count(served.Count),
                Numbers.Ms(served.Median), Numbers.Ms(served.Percentile(95)), Numbers.Ms(served.Percentile(99)),
                Numbers.Ms(bare.Median), Numbers.Ms(bare.Percentile(95)), Numbers.Ms(bare.Percentile(99)),
                Numbers.Ratio(served.Median / bare.Median));
            figures.Add(new($"latency.{program.Name}.p50", served.Median, "ms"));
            figures.Add(new($"latency.{program.Name}.p95", served.Percentile(95), "ms"));
            figures.Add(new($"latency.{program.Name}.p99", served.Percentile(99), "ms"));
            figures.Add(new($"latency.{program.Name}.bare.p50", bare.Median, "ms"));
            figures.Add(new($"latency.{program.Name}.ratio", served.Median / bare.Median, "of bare"));
        }
        return new(table, figures);
    }

    private static (Samples Served, Samples Bare) Measure(HelloProgram program, Uri server, Lab lab, CancellationToken cancellationToken)
    {
        using ServedHello served = new(program, server, lab.Key);
        using BareHello bare = new(program);
        for (int i = 0; i < (lab.Quick ? 1 : Math.Min(WarmUps, program.QuickCount)); i++)
        {
            served.Run();
            bare.Run();
        }
        return Interleaved.Measure(lab.Quick ? program.QuickCount : program.Count, served.Run, bare.Run, lab.Clock, cancellationToken);
    }
}
