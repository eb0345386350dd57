using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

public sealed class CommandTests : CommandLineTest
{
    [Fact]
    public async Task Status_EndedExecution_IsShown()
    {
        Server.Result = Executions.Exited(4);

        Assert.Equal(0, await Process.RunAsync("status", FakeServer.Id));
        Assert.Contains("status     failed\nexit code  4\n", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("label      course:cs101\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Json_IsTheApisOwn()
    {
        await Process.RunAsync("status", FakeServer.Id, "--json");

        JsonNode json = JsonNode.Parse(Process.Stdout)!;
        Assert.Equal("completed", (string?)json["status"]);
        Assert.Equal(31, (int?)json["durationMs"]);
    }

    [Fact]
    public async Task Status_NoSuchExecution_SaysWhereToLook()
    {
        Assert.Equal(3, await Process.RunAsync("status", "nobody"));
        Assert.Contains("codeexec list", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Always_PostsTheStop()
    {
        Assert.Equal(0, await Process.RunAsync("stop", FakeServer.Id));
        Assert.True(Server.WasStopped);
    }

    [Fact]
    public async Task Delete_Always_Deletes()
    {
        Assert.Equal(0, await Process.RunAsync("delete", FakeServer.Id));
        Assert.Contains(Server.Requests, r => r is { Method: "DELETE", Path: $"/api/executions/{FakeServer.Id}" });
    }

    [Fact]
    public async Task List_Filters_AreInTheQuery()
    {
        Server.Documents["/api/executions"] = $$"""{"items":[{{Executions.Exited(0)}}],"cursor":null}""";

        Assert.Equal(0, await Process.RunAsync("list", "--status", "completed", "--language", "python", "--label", "a:b", "--student", "ann", "--problem", "sum", "--limit", "7"));
        Assert.Equal("?status=completed&language=python&label=a%3Ab&student=ann&problem=sum&limit=7", Server.Requests.Single().Query);
        Assert.Contains($"{FakeServer.Id}  completed  python    2026-11-21 03:00:00Z  31 ms\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreThanAPage_ReadsTheNextOnes()
    {
        Server.Documents["/api/executions"] = $$"""{"items":[{{Executions.Exited(0)}}],"cursor":"more"}""";

        Assert.Equal(0, await Process.RunAsync("list", "-n", "3"));
        Assert.Equal(["?limit=3", "?limit=2&cursor=more", "?limit=1&cursor=more"], Server.Requests.Select(r => r.Query));
        Assert.Equal(4, Process.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Logs_Filters_AreInTheQueryAndControlCharactersAreShown()
    {
        Server.Documents[$"/api/executions/{FakeServer.Id}/logs"] = """
            {"items":[{"sequence":1,"timestamp":"2026-11-21T03:00:00.5Z","level":"warn","source":"stderr","step":"run","message":"bad \u001b[2J"}],"total":1}
            """;

        Assert.Equal(0, await Process.RunAsync("logs", FakeServer.Id, "--level", "warn", "--source", "stderr", "--search", "bad"));
        Assert.Equal("?level=warn&source=stderr&search=bad&limit=500&offset=0", Server.Requests.Single().Query);
        Assert.Equal("03:00:00.500 warn  run stderr  bad \\x1b[2J\n", Process.Stdout);
    }

    [Fact]
    public async Task Logs_Follow_StreamsWhatFits()
    {
        Server.Feed = [FeedItem.Log("good one"), FeedItem.Log("bad"), FeedItem.Log("good too", source: "stderr")];

        Assert.Equal(0, await Process.RunAsync("logs", FakeServer.Id, "--follow", "--search", "GOOD", "--source", "stdout"));
        Assert.Equal("03:00:00.000 info  run stdout  good one\n", Process.Stdout);
    }

    [Fact]
    public async Task Artifacts_NoPath_ListsThem()
    {
        Server.Result = Executions.WithArtifacts("out/a.txt");

        Assert.Equal(0, await Process.RunAsync("artifacts", FakeServer.Id));
        Assert.Equal("PATH       SIZE\nout/a.txt  3 B\n", Process.Stdout);
    }

    [Fact]
    public async Task Artifacts_Path_PrintsItsBytes()
    {
        Server.Artifacts["a.bin"] = [0, 255, 10];

        Assert.Equal(0, await Process.RunAsync("artifacts", FakeServer.Id, "a.bin"));
        Assert.Equal([0, 255, 10], Process.StdoutBytes);
    }

    [Fact]
    public async Task Displays_None_ListsThem()
    {
        Server.Result = Executions.WithDisplays(
            new() { ["id"] = "1.png", ["name"] = "plot\u001b.png", ["mime"] = "image/png", ["sizeBytes"] = 3 },
            new() { ["id"] = null, ["name"] = "x", ["mime"] = null, ["sizeBytes"] = 0, ["refused"] = "It is a link." });

        Assert.Equal(0, await Process.RunAsync("displays", FakeServer.Id));
        Assert.Contains("1.png", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("not shown: It is a link.", Process.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Process.Stdout);
    }

    [Fact]
    public async Task Displays_One_PrintsItsBytesOrSavesThemUnderItsName()
    {
        Server.Result = Executions.WithDisplays(new JsonObject { ["id"] = "1.png", ["name"] = "plot.png", ["mime"] = "image/png", ["sizeBytes"] = 3 });
        Server.Artifacts["1.png"] = [0, 255, 10];

        Assert.Equal(0, await Process.RunAsync("displays", FakeServer.Id, "1.png"));
        Assert.Equal([0, 255, 10], Process.StdoutBytes);
        Assert.Equal(0, await Process.RunAsync("displays", FakeServer.Id, "--out", "kept"));
        Assert.Equal([0, 255, 10], await File.ReadAllBytesAsync(Path.Combine(Process.Folder, "kept/plot.png")));
    }

    [Fact]
    public async Task Languages_Always_AreListed()
    {
        Server.Documents["/api/languages"] = """
            [{"id":"python","aliases":["py"],"versions":["3.11.2"],"toolchainVersion":"3.11.2","extensions":[".py"],"available":true,"runCommand":"python3"},
             {"id":"go","aliases":["golang"],"versions":[],"extensions":[".go"],"available":false,"installCommand":"apt-get install golang"}]
            """;

        Assert.Equal(0, await Process.RunAsync("languages"));
        Assert.Equal(
            """
            LANGUAGE  TOOLCHAIN                               VERSIONS  EXTENSIONS  ALSO CALLED
            python    3.11.2                                  3.11.2    .py         py
            go        not installed (apt-get install golang)            .go         golang

            """,
            Process.Stdout);
    }

    [Fact]
    public async Task Health_APartIsUnwell_SaysWhichAndWhy()
    {
        Server.Refusals.Enqueue(new Refusal(200, """
            {"status":"degraded","checks":[{"name":"store","status":"healthy"},{"name":"cells","status":"degraded","detail":"No rights to cgroups."}]}
            """));

        Assert.Equal(0, await Process.RunAsync("health"));
        Assert.Equal("degraded\n  cells degraded: No rights to cgroups.\n", Process.Stdout);
    }

    [Theory]
    [InlineData(200, "healthy", 0)]
    [InlineData(503, "unhealthy", 3)]
    public async Task Health_ServersState_IsTheExitCode(int status, string said, int expected)
    {
        Server.Refusals.Enqueue(new Refusal(status, $$"""{"status":"{{said}}"}"""));

        Assert.Equal(expected, await Process.RunAsync("health"));
        Assert.Equal(said + "\n", Process.Stdout);
    }
}
