using CodeExec.Bench.Report;

namespace CodeExec.Bench.Scenarios.Grading;

internal sealed class GradingCost : Scenario
{
    private const int Turns = 4;

    /// <summary>For the headers that are compiled ahead, the first time their language is asked for.</summary>
    private static readonly TimeSpan Preparing = TimeSpan.FromSeconds(25);

    public override string Name => "grading";

    public override string Question => "How long does a batch of submissions take, against the same compiles and runs without a server?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        Uri server = await lab.SharedServerAsync(cancellationToken);
        using ServedBatch batches = new(server, lab);
        Table table = new(Question, "submissions", "count", "tests each", "batch s", "bare s", "batch / bare")
        {
            Note = $"From the request to the end of the batch; bare with all {Environment.ProcessorCount} processors busy, in {Turns} turns. Every submission is another text, and accepted. "
                + "Bare, a part of them is compiled and run, and the time scaled.",
        };
        List<Figure> figures = [];
        string run = Guid.NewGuid().ToString("n")[..8];
        foreach (GradedProgram program in GradedProgram.All)
        {
            int count = Math.Max(Turns, lab.Submissions / program.Part);
            lab.Tell($"grading: {count} × {program.Tests}, {program.Name}");
            (TimeSpan served, TimeSpan bare) = await MeasureAsync(program, run, count, batches, lab, cancellationToken);
            table.Add(program.Name, Numbers.Count(count), Numbers.Count(program.Tests), Numbers.Ms(served.TotalSeconds), Numbers.Ms(bare.TotalSeconds), Numbers.Ratio(served / bare));
            figures.Add(new($"grading.{program.Figure}.seconds", served.TotalSeconds, "s"));
            figures.Add(new($"grading.{program.Figure}.bare", bare.TotalSeconds, "s"));
            figures.Add(new($"grading.{program.Figure}.ratio", served / bare, "of bare"));
        }
        return new(table, figures);
    }

    private static async Task<(TimeSpan Served, TimeSpan Bare)> MeasureAsync(
        GradedProgram program, string run, int count, ServedBatch batches, Lab lab, CancellationToken cancellationToken)
    {
        string problem = $"bench-{run}-{program.Figure.ToLowerInvariant()}";
        batches.MakeProblem(program, problem);
        await ServeAsync([.. Enumerable.Range(0, Math.Max(Turns, count / 20)).Select(i => $"first-{i}-{run}")]); // a server that has served
        await Task.Delay(lab.Quick || program.Compile is null ? TimeSpan.Zero : Preparing, lab.Clock, cancellationToken);
        using BareGrading bare = new(program);
        TimeSpan served = TimeSpan.Zero, alone = TimeSpan.Zero;
        for (int turn = 0; turn < Turns; turn++)
        {
            string[] mine = [.. Enumerable.Range(0, count / Turns).Select(i => $"{turn}-{i}-{run}")];
            served += await ServeAsync(mine);
            string[] some = [.. mine.Where((_, i) => i % program.BareEvery == 0)];
            alone += bare.Run(some, lab.Clock) * ((double)mine.Length / some.Length);
        }
        return (served, alone);

        async Task<TimeSpan> ServeAsync(string[] submissions)
        {
            long start = lab.Clock.GetTimestamp();
            string batch = batches.Submit(program, problem, submissions);
            await batches.UntilAllAcceptedAsync(batch, submissions.Length, cancellationToken);
            return lab.Clock.GetElapsedTime(start);
        }
    }
}
