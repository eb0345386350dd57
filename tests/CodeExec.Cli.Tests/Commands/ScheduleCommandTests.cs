using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

public sealed class ScheduleCommandTests : CommandLineTest
{
    private const string Nightly = """
        {"id":"s1","name":"nightly","state":"active","cron":"0 3 * * *","timeZone":"Europe/Berlin","kind":"execution","overlap":"skip","missed":"runOnce","endsAt":null,
         "createdAt":"2026-01-01T00:00:00Z","changedAt":"2026-01-01T00:00:00Z","nextRuns":["2026-01-02T02:00:00Z"],
         "lastRun":{"for":"2026-01-01T02:00:00Z","at":"2026-01-01T02:00:00Z","outcome":"started","manual":false,"execution":"e1","batch":null,"reason":null,"status":null}}
        """;

    protected override void Prepare()
    {
        Server.Accepts["/api/schedules"] = Nightly;
        Server.Accepts["/api/schedules/s1"] = Nightly;
        Server.Documents["/api/schedules/s1"] = Nightly;
    }

    [Fact]
    public async Task Create_OfAProgram_SendsAllOfIt()
    {
        File.WriteAllText(Path.Combine(Process.Folder, "a.py"), "print(1)");

        Assert.Equal(0, await Process.RunAsync(
            "schedule", "create", "0 3 * * *", "a.py", "-l", "python", "--tz", "Europe/Berlin", "--name", "nightly", "--overlap", "replace", "--missed", "skip", "--ends", "2027-01-01T00:00:00Z", "--wall", "5s", "--label", "a:b"));

        Assert.Equal("s1\n", Process.Stdout);
        JsonNode sent = JsonNode.Parse(Server.Requests.Single(request => request.Method == "POST").Body)!;
        Assert.Equal(("0 3 * * *", "Europe/Berlin", "nightly", "replace", "skip"), ((string?)sent["cron"], (string?)sent["timeZone"], (string?)sent["name"], (string?)sent["overlap"], (string?)sent["missed"]));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), (DateTimeOffset?)sent["endsAt"]);
        Assert.Equal((5000, "b"), ((int?)sent["execution"]!["limits"]!["wallTimeMs"], (string?)sent["execution"]!["labels"]!["a"]));
        Assert.Null(sent["batch"]);
    }

    [Fact]
    public async Task Create_OfABatch_SendsItAsItIs()
    {
        File.WriteAllText(Path.Combine(Process.Folder, "b.json"), """{"problem":{"id":"sum"},"submissions":[]}""");

        Assert.Equal(0, await Process.RunAsync("schedule", "create", "@daily", "--batch", "b.json"));

        JsonNode sent = JsonNode.Parse(Server.Requests.Single(request => request.Method == "POST").Body)!;
        Assert.Equal("sum", (string?)sent["batch"]!["problem"]!["id"]);
        Assert.Null(sent["execution"]);
    }

    [Fact]
    public async Task Create_OfBoth_IsRefusedHere()
    {
        Assert.Equal(2, await Process.RunAsync("schedule", "create", "@daily", "a.py", "--batch", "b.json"));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Change_OfItsTimes_SaysNothingElse()
    {
        Assert.Equal(0, await Process.RunAsync("schedule", "change", "s1", "--cron", "@hourly"));

        Assert.Equal("""{"cron":"@hourly"}""", Server.Requests.Single(request => request is { Method: "PATCH", Path: "/api/schedules/s1" }).Body);
    }

    [Fact]
    public async Task Show_ASchedule_TellsItsTimes()
    {
        Assert.Equal(0, await Process.RunAsync("schedule", "show", "s1"));

        Assert.Contains("cron       0 3 * * * (Europe/Berlin)\n", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("next       2026-01-02 02:00:00Z\n", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("last       2026-01-01 02:00:00Z started e1\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_OfASchedule_AreATable()
    {
        Server.Documents["/api/schedules/s1/runs"] = """
            {"items":[{"for":"2026-01-01T02:00:00Z","at":"2026-01-01T02:00:00Z","outcome":"skipped","manual":false,"execution":null,"batch":null,"reason":"execution e0 had not ended.","status":null}]}
            """;

        Assert.Equal(0, await Process.RunAsync("schedule", "runs", "s1"));

        Assert.Contains("2026-01-01 02:00:00Z  skipped", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("execution e0 had not ended.", Process.Stdout, StringComparison.Ordinal);
    }
}
