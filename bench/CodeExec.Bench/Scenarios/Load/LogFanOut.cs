using System.Text.Json.Nodes;
using CodeExec.Bench.Http;
using CodeExec.Bench.Report;

namespace CodeExec.Bench.Scenarios.Load;

internal sealed class LogFanOut : Scenario
{
    public override string Name => "followers";

    public override string Question => "How many log lines a second reach 100 viewers of one execution over server-sent events?";

    public override async Task<ScenarioResult> RunAsync(Lab lab, CancellationToken cancellationToken)
    {
        (int viewers, int lines) = lab.Quick ? (3, 100) : (100, 10_000);
        lab.Tell($"followers: {viewers} viewers, {lines} lines");
        Uri server = await lab.SharedServerAsync(cancellationToken);
        string id = Submit(lines, server, lab);
        LogViewer[] followers = [.. Enumerable.Range(0, viewers).Select(_ => new LogViewer(server, id, lab.Key, lab.Clock))];
        try
        {
            await Task.WhenAll(followers.Select(f => f.FollowAsync(cancellationToken)));
            if (followers.FirstOrDefault(f => f.Lines != lines) is { } wrong)
            {
                throw new BenchFailedException($"A viewer was sent {wrong.Lines} lines of {lines}.");
            }
            double seconds = lab.Clock.GetElapsedTime(followers.Min(f => f.FirstLine), followers.Max(f => f.LastLine)).TotalSeconds;
            double perSecond = viewers * (double)lines / seconds;
            Table table = new(Question, "viewers", "lines each", "seconds", "lines /s to all", "lines /s each")
            {
                Note = "A Python program prints all lines at once; from the first line at the first viewer to the last at the last. Every viewer counts its lines and finds no gap.",
            };
            table.Add(Numbers.Count(viewers), Numbers.Count(lines), Numbers.Ms(seconds), Numbers.Count(perSecond), Numbers.Count(perSecond / viewers));
            return new(table, [new("followers.linesPerSecond", perSecond, "/s")]);
        }
        finally
        {
            Array.ForEach(followers, f => f.Dispose());
        }
    }

    private static string Submit(int lines, Uri server, Lab lab)
    {
        JsonObject submission = new()
        {
            ["language"] = "python",
            // The pause lets every viewer be there before the first line.
            ["code"] = $"import time\ntime.sleep(2)\nfor i in range({lines}): print('line %06d that a hundred viewers would like to see' % i)\n",
        };
        using HttpConnection connection = new(server);
        return Answers.RequireAccepted(connection.Send(new Requests(connection.Host, lab.Key).Submit(submission)));
    }
}
