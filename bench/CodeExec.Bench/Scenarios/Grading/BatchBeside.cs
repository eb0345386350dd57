using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;
using CodeExec.Bench.Scenarios.Hello;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Grading;

internal sealed class BatchBeside : Scenario
{
    /// <summary>A batch reaches its pace.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public override string Name => "batch-beside";

    public override string Question => "What does a large batch cost a Python hello world that somebody waits for?";

    public override bool NeedsItsOwnServer => true;

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        (int batchSize, int count) = lab.Quick ? (200, 5) : (10_000, 400);
        GradedProgram program = GradedProgram.All[0];
        await using ServerProcess server = await lab.StartServerAsync(lab.NewDataFolder(), new Dictionary<string, string>(), cancellationToken);
        using ServedBatch batches = new(server.Address, lab);
        batches.MakeProblem(program, "sum");
        string first = batches.Submit(program, "sum", Enumerable.Range(0, lab.Quick ? 5 : 100).Select(i => $"first-{i}"));
        await batches.UntilAllAcceptedAsync(first, lab.Quick ? 5 : 100, cancellationToken);

        lab.Tell("batch-beside: alone");
        Samples before = Hello(count, server.Address, lab);
        lab.Tell($"batch-beside: beside {batchSize} submissions");
        string batch = batches.Submit(program, "sum", Enumerable.Range(0, batchSize).Select(i => $"{i}"));
        await Task.Delay(lab.Quick ? TimeSpan.Zero : Settling, lab.Clock, cancellationToken);
        int doneBefore = batches.Done(batch);
        long start = lab.Clock.GetTimestamp();
        Samples beside = Hello(count, server.Address, lab);
        double rate = (batches.Done(batch) - doneBefore) / lab.Clock.GetElapsedTime(start).TotalSeconds;
        if (!lab.Quick && batches.Done(batch) >= batchSize)
        {
            throw new BenchFailedException("The batch had ended before the measurement had.");
        }
        batches.Cancel(batch);

        Table table = new(Question, "", "p50 ms", "p95 ms", "p99 ms", "batch's submissions /s")
        {
            Note = $"One client that asks again at once, {count} times; a batch of {Numbers.Count(batchSize)} Python submissions with {program.Tests} tests each.",
        };
        table.Add("alone", Numbers.Ms(before.Median), Numbers.Ms(before.Percentile(95)), Numbers.Ms(before.Percentile(99)), "–");
        table.Add("beside it", Numbers.Ms(beside.Median), Numbers.Ms(beside.Percentile(95)), Numbers.Ms(beside.Percentile(99)), Numbers.Count(rate));
        double ratio = beside.Percentile(95) / before.Percentile(95);
        table.Add("beside / alone", Numbers.Ratio(beside.Median / before.Median), Numbers.Ratio(ratio), Numbers.Ratio(beside.Percentile(99) / before.Percentile(99)), "");
        return new(table, [new("batchBeside.p95", beside.Percentile(95), "ms"), new("batchBeside.alone.p95", before.Percentile(95), "ms"), new("batchBeside.ratio", ratio, "of alone")]);
    }

    private static Samples Hello(int count, Uri server, Lab lab)
    {
        using ServedHello hello = new(HelloPrograms.Python, server, lab.Key);
        Samples samples = new();
        hello.Run();
        for (int i = 0; i < count; i++)
        {
            long start = lab.Clock.GetTimestamp();
            hello.Run();
            samples.Add(lab.Clock.GetElapsedTime(start));
        }
        return samples;
    }
}
