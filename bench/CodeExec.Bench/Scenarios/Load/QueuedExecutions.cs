using CodeExec.Bench.Report;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Load;

internal sealed class QueuedExecutions : Scenario
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public override string Name => "queued";

    public override string Question => "How fast are executions accepted that can not run yet, and what memory does each take while it waits?";

    public override bool NeedsItsOwnServer => true;

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        (int warmUp, int count) = lab.Quick ? (20, 50) : (2_000, 10_000);
        lab.Tell($"queued: {count} executions");
        await using ServerProcess server = await lab.StartServerAsync(lab.NewDataFolder(), new Dictionary<string, string>(), cancellationToken);
        Sleepers.Submit(warmUp, server.Address, lab); // fills every slot, and lets the server reach its working size
        await Task.Delay(lab.Quick ? TimeSpan.Zero : Settling, lab.Clock, cancellationToken);
        long before = server.ResidentBytes;
        TimeSpan taken = Sleepers.Submit(count, server.Address, lab);
        long after = server.ResidentBytes;
        await Task.Delay(lab.Quick ? TimeSpan.Zero : Settling, lab.Clock, cancellationToken);
        long settled = server.ResidentBytes;

        Table table = new(Question, "queued", "accepted in s", "accepted /s", "RSS growth each, at once", "the same, 5 s later", "RSS then")
        {
            Note = "Each is durable (fsync) before its 202. Four connections. RSS is the server process's resident memory; garbage that is not collected yet is in it.",
        };
        double each = (double)(after - before) / count, eachSettled = (double)(settled - before) / count;
        table.Add(
            Numbers.Count(count), Numbers.Ms(taken.TotalSeconds), Numbers.Count(count / taken.TotalSeconds),
            $"{Numbers.Ms(each / 1024)} KB", $"{Numbers.Ms(eachSettled / 1024)} KB", $"{Numbers.Count(settled / 1048576.0)} MB");
        return new(table,
        [
            new("queued.seconds", taken.TotalSeconds, "s"),
            new("queued.rssEach", each / 1024, "KB"),
            new("queued.rssEachSettled", eachSettled / 1024, "KB"),
        ]);
    }
}
