using System.Text.Json.Nodes;
using CodeExec.Bench.Http;
using CodeExec.Bench.Report;
using CodeExec.Bench.Server;

namespace CodeExec.Bench.Scenarios.Load;

internal sealed class Recovery : Scenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private static readonly JsonObject Hello = new() { ["language"] = "bash", ["code"] = "echo hello\n" };

    public override string Name => "recovery";

    public override string Question => "How soon after kill -9 is the server back, with unfinished instances in its database?";

    public override bool NeedsItsOwnServer => true;

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        int count = lab.Quick ? 50 : 10_000;
        Table table = new(Question, "unfinished instances", "healthy after ms", "first new one accepted after ms", "first old one runs again after ms", "RSS then")
        {
            Note = "From the start of the process. The first row is a start with an empty folder: what the runtime and the cells take anyway.",
        };
        List<Figure> figures = [];
        foreach (int unfinished in (int[])[0, count])
        {
            lab.Tell($"recovery: {unfinished} unfinished");
            string data = lab.NewDataFolder();
            if (unfinished > 0)
            {
                await using ServerProcess first = await lab.StartServerAsync(data, new Dictionary<string, string>(), cancellationToken);
                Sleepers.Submit(unfinished, first.Address, lab);
                await UntilAsync(() => Sleepers.Listed("running", first.Address, lab) > 0, lab, cancellationToken);
                await first.CrashAsync();
            }
            long start = lab.Clock.GetTimestamp();
            await using ServerProcess server = await lab.StartServerAsync(data, new Dictionary<string, string>(), cancellationToken);
            TimeSpan accepted = await UntilAcceptedAsync(server, start, lab, cancellationToken);
            TimeSpan? running = null;
            if (unfinished > 0)
            {
                await UntilAsync(() => Sleepers.Listed("running", server.Address, lab) > 0, lab, cancellationToken);
                running = lab.Clock.GetElapsedTime(start);
            }
            table.Add(
                Numbers.Count(unfinished), Numbers.Ms(server.StartTime.TotalMilliseconds), Numbers.Ms(accepted.TotalMilliseconds),
                Numbers.Ms(running?.TotalMilliseconds ?? double.NaN), $"{Numbers.Count(server.ResidentBytes / 1048576.0)} MB");
            figures.Add(new($"recovery.{unfinished}.healthy", server.StartTime.TotalMilliseconds, "ms"));
            figures.Add(new($"recovery.{unfinished}.accepted", accepted.TotalMilliseconds, "ms"));
            figures.Add(new($"recovery.{unfinished}.running", running?.TotalMilliseconds ?? double.NaN, "ms"));
        }
        return new(table, figures);
    }

    private static async Task<TimeSpan> UntilAcceptedAsync(ServerProcess server, long start, Lab lab, CancellationToken cancellationToken)
    {
        using HttpConnection connection = new(server.Address);
        byte[] request = new Requests(connection.Host, lab.Key).Submit(Hello);
        await UntilAsync(() => connection.Send(request).Status == 202, lab, cancellationToken);
        return lab.Clock.GetElapsedTime(start);
    }

    private static async Task UntilAsync(Func<bool> happened, Lab lab, CancellationToken cancellationToken)
    {
        long start = lab.Clock.GetTimestamp();
        while (!happened())
        {
            if (lab.Clock.GetElapsedTime(start) > Limit)
            {
                throw new BenchFailedException($"The server was not back within {Limit.TotalSeconds:0} s.");
            }
            await Task.Delay(LookAgain, lab.Clock, cancellationToken);
        }
    }
}
