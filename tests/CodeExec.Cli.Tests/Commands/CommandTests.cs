using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

public sealed class CommandTests : IAsyncLifetime
{
    private FakeServer _server = null!;
    private CliProcess _process = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _process = new CliProcess(_server);
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Status_EndedExecution_IsShown()
    {
        _server.Result = Executions.Exited(4);

        Assert.Equal(0, await _process.RunAsync("status", FakeServer.Id));
        Assert.Contains("status     failed\nexit code  4\n", _process.Stdout, StringComparison.Ordinal);
        Assert.Contains("label      course:cs101\n", _process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Json_IsTheApisOwn()
    {
        await _process.RunAsync("status", FakeServer.Id, "--json");

        JsonNode json = JsonNode.Parse(_process.Stdout)!;
        Assert.Equal("completed", (string?)json["status"]);
        Assert.Equal(31, (int?)json["durationMs"]);
    }

    [Fact]
    public async Task Status_NoSuchExecution_SaysWhereToLook()
    {
        Assert.Equal(3, await _process.RunAsync("status", "nobody"));
        Assert.Contains("codeexec list", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Always_PostsTheStop()
    {
        Assert.Equal(0, await _process.RunAsync("stop", FakeServer.Id));
        Assert.True(_server.WasStopped);
    }

    [Fact]
    public async Task Delete_Always_Deletes()
    {
        Assert.Equal(0, await _process.RunAsync("delete", FakeServer.Id));
        Assert.Contains(_server.Requests, r => r is { Method: "DELETE", Path: $"/api/executions/{FakeServer.Id}" });
    }

    [Fact]
    public async Task List_Filters_AreInTheQuery()
    {
        _server.Documents["/api/executions"] = $$"""{"items":[{{Executions.Exited(0)}}],"cursor":null}""";

        Assert.Equal(0, await _process.RunAsync("list", "--status", "completed", "--language", "python", "--label", "a:b", "--student", "ann", "--problem", "sum", "--limit", "7"));
        Assert.Equal("?status=completed&language=python&label=a%3Ab&student=ann&problem=sum&limit=7", _server.Requests.Single().Query);
        Assert.Contains($"{FakeServer.Id}  completed  python    2026-11-21 03:00:00Z  31 ms\n", _process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreThanAPage_ReadsTheNextOnes()
    {
        _server.Documents["/api/executions"] = $$"""{"items":[{{Executions.Exited(0)}}],"cursor":"more"}""";

        Assert.Equal(0, await _process.RunAsync("list", "-n", "3"));
        Assert.Equal(["?limit=3", "?limit=2&cursor=more", "?limit=1&cursor=more"], _server.Requests.Select(r => r.Query));
        Assert.Equal(4, _process.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Logs_Filters_AreInTheQueryAndControlCharactersAreShown()
    {
        _server.Documents[$"/api/executions/{FakeServer.Id}/logs"] = """
            {"items":[{"sequence":1,"timestamp":"2026-11-21T03:00:00.5Z","level":"warn","source":"stderr","step":"run","message":"bad \u001b[2J"}],"total":1}
            """;

        Assert.Equal(0, await _process.RunAsync("logs", FakeServer.Id, "--level", "warn", "--source", "stderr", "--search", "bad"));
        Assert.Equal("?level=warn&source=stderr&search=bad&limit=500&offset=0", _server.Requests.Single().Query);
        Assert.Equal("03:00:00.500 warn  run stderr  bad \\x1b[2J\n", _process.Stdout);
    }

    [Fact]
    public async Task Logs_Follow_StreamsWhatFits()
    {
        _server.Feed = [FeedItem.Log("good one"), FeedItem.Log("bad"), FeedItem.Log("good too", source: "stderr")];

        Assert.Equal(0, await _process.RunAsync("logs", FakeServer.Id, "--follow", "--search", "GOOD", "--source", "stdout"));
        Assert.Equal("03:00:00.000 info  run stdout  good one\n", _process.Stdout);
    }

    [Fact]
    public async Task Artifacts_NoPath_ListsThem()
    {
        _server.Result = Executions.WithArtifacts("out/a.txt");

        Assert.Equal(0, await _process.RunAsync("artifacts", FakeServer.Id));
        Assert.Equal("PATH       SIZE\nout/a.txt  3 B\n", _process.Stdout);
    }

    [Fact]
    public async Task Artifacts_Path_PrintsItsBytes()
    {
        _server.Artifacts["a.bin"] = [0, 255, 10];

        Assert.Equal(0, await _process.RunAsync("artifacts", FakeServer.Id, "a.bin"));
        Assert.Equal([0, 255, 10], _process.StdoutBytes);
    }

    [Fact]
    public async Task Displays_None_ListsThem()
    {
        _server.Result = Executions.WithDisplays(
            new() { ["id"] = "1.png", ["name"] = "plot\u001b.png", ["mime"] = "image/png", ["sizeBytes"] = 3 },
            new() { ["id"] = null, ["name"] = "x", ["mime"] = null, ["sizeBytes"] = 0, ["refused"] = "It is a link." });

        Assert.Equal(0, await _process.RunAsync("displays", FakeServer.Id));
        Assert.Contains("1.png", _process.Stdout, StringComparison.Ordinal);
        Assert.Contains("not shown: It is a link.", _process.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _process.Stdout);
    }

    [Fact]
    public async Task Displays_One_PrintsItsBytesOrSavesThemUnderItsName()
    {
        _server.Result = Executions.WithDisplays(new JsonObject { ["id"] = "1.png", ["name"] = "plot.png", ["mime"] = "image/png", ["sizeBytes"] = 3 });
        _server.Artifacts["1.png"] = [0, 255, 10];

        Assert.Equal(0, await _process.RunAsync("displays", FakeServer.Id, "1.png"));
        Assert.Equal([0, 255, 10], _process.StdoutBytes);
        Assert.Equal(0, await _process.RunAsync("displays", FakeServer.Id, "--out", "kept"));
        Assert.Equal([0, 255, 10], await File.ReadAllBytesAsync(Path.Combine(_process.Folder, "kept/plot.png")));
    }

    [Fact]
    public async Task Languages_Always_AreListed()
    {
        _server.Documents["/api/languages"] = """
            [{"id":"python","aliases":["py"],"versions":["3.11.2"],"toolchainVersion":"3.11.2","extensions":[".py"],"available":true,"runCommand":"python3"},
             {"id":"go","aliases":["golang"],"versions":[],"extensions":[".go"],"available":false,"installCommand":"apt-get install golang"}]
            """;

        Assert.Equal(0, await _process.RunAsync("languages"));
        Assert.Equal(
            """
            LANGUAGE  TOOLCHAIN                               VERSIONS  EXTENSIONS  ALSO CALLED
            python    3.11.2                                  3.11.2    .py         py
            go        not installed (apt-get install golang)            .go         golang

            """,
            _process.Stdout);
    }

    [Fact]
    public async Task Health_APartIsUnwell_SaysWhichAndWhy()
    {
        _server.Refusals.Enqueue(new Refusal(200, """
            {"status":"degraded","checks":[{"name":"store","status":"healthy"},{"name":"cells","status":"degraded","detail":"No rights to cgroups."}]}
            """));

        Assert.Equal(0, await _process.RunAsync("health"));
        Assert.Equal("degraded\n  cells degraded: No rights to cgroups.\n", _process.Stdout);
    }

    [Theory]
    [InlineData(200, "healthy", 0)]
    [InlineData(503, "unhealthy", 3)]
    public async Task Health_ServersState_IsTheExitCode(int status, string said, int expected)
    {
        _server.Refusals.Enqueue(new Refusal(status, $$"""{"status":"{{said}}"}"""));

        Assert.Equal(expected, await _process.RunAsync("health"));
        Assert.Equal(said + "\n", _process.Stdout);
    }
}
