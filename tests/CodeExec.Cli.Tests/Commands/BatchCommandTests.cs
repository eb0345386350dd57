using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

/// <summary>Batches from a shell: what is sent, what is shown, and the exit code.</summary>
public sealed class BatchCommandTests : IAsyncLifetime
{
    private const string Id = "0193f4c2a7b87c1e9d0a5b6c7d8e9f11";

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
    public async Task BatchSubmit_FolderWithTests_SendsAZipWithBoth()
    {
        _process.File("all/ann.py", "print(1)");
        _process.File("all/bob/main.py", "print(2)");
        _process.File("tests/1.in", "1");
        _process.File("tests/1.out", "2");
        _server.Accepts["/api/batches"] = Batch("running");

        Assert.Equal(0, await _process.RunAsync("batch", "submit", "all", "--tests", "tests", "--name", "Homework 3", "--label", "course:cs 101", "--force", "--idempotency-key", "k1"));

        Assert.Equal(Id + "\n", _process.Stdout);
        RecordedRequest sent = Assert.Single(_server.Requests);
        Assert.Equal("?name=Homework%203&force=true&label=course%3Acs%20101", sent.Query);
        Assert.Equal(("application/zip", "k1"), (sent.Headers["Content-Type"], sent.Headers["Idempotency-Key"]));
        using ZipArchive zip = new(new MemoryStream(sent.Content));
        Assert.Equal(["ann.py", "batch.json", "bob/main.py"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        await using Stream header = zip.GetEntry("batch.json")!.Open();
        Assert.Equal("""{"tests":[{"id":"1","stdin":"1","expected":"2"}]}""", (await JsonNode.ParseAsync(header))!.ToJsonString());
    }

    [Fact]
    public async Task BatchSubmit_LinesFromStandardInput_AreSentWithTheTestsBefore()
    {
        _process.File("tests/1.in", "1");
        _process.File("tests/1.out", "2");
        _process.Stdin = "{\"language\":\"python\"}\n"u8.ToArray();
        _server.Accepts["/api/batches"] = Batch("running");

        Assert.Equal(0, await _process.RunAsync("batch", "submit", "-", "--tests", "tests"));

        RecordedRequest sent = Assert.Single(_server.Requests);
        Assert.Equal("application/x-ndjson", sent.Headers["Content-Type"]);
        Assert.Equal("{\"batch\":{\"tests\":[{\"id\":\"1\",\"stdin\":\"1\",\"expected\":\"2\"}]}}\n{\"language\":\"python\"}\n", sent.Body);
    }

    [Theory]
    [InlineData("completed", 0, 0)]
    [InlineData("completed", 2, 1)]
    [InlineData("cancelled", 0, 130)]
    public async Task BatchSubmit_Follow_WaitsForTheEndAndShowsIt(string state, int dead, int expected)
    {
        _process.File("all.zip", [1]);
        _server.Accepts["/api/batches"] = Batch("running");
        _server.Documents[$"/api/batches/{Id}"] = Batch(state, dead);
        _server.Documents[$"/api/batches/{Id}/events"] = "id: 2\nevent: progress\ndata: {\"done\":2,\"total\":4,\"percentage\":50,\"ratePerMinute\":12}\n\nid: 5\nevent: result\ndata: {}\n\n";

        Assert.Equal(expected, await _process.RunAsync("batch", "submit", "all.zip", "--problem", "sum", "--follow"));

        Assert.Contains("codeexec: 2 of 4 (50 %), 12 a minute\n", _process.Stderr, StringComparison.Ordinal);
        Assert.Contains($"state      {state}\n", _process.Stdout, StringComparison.Ordinal);
        Assert.Contains("points     3 of 4 (75.0 %)\n           3 accepted\n", _process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchResults_TableAndFile_AreWhatTheServerHas()
    {
        _server.Documents[$"/api/batches/{Id}/results"] =
            """{"index":0,"submission":"ann\u001b","language":"python","state":"done","verdict":"accepted","score":1,"maxScore":1,"passed":1,"total":1,"reusedFrom":{"batch":"b","index":7}}""" + "\n"
            + """{"index":1,"submission":"bob","language":"","state":"dead","reason":"no language"}""" + "\n";

        Assert.Equal(0, await _process.RunAsync("batch", "results", Id));
        Assert.Equal(
            """
            #  SUBMISSION  LANGUAGE  VERDICT    POINTS  TESTS  FIRST FAILURE  REMARK
            0  ann\x1b     python    accepted   1/1     1/1                   the same as 7 of b
            1  bob                   set aside  0/0     0/0                   no language

            """,
            _process.Stdout);

        Assert.Equal(0, await _process.RunAsync("batch", "results", Id, "--out", "r.html"));
        Assert.Equal("?format=html", _server.Requests.Last().Query);
        Assert.Equal(_server.Documents[$"/api/batches/{Id}/results"], await File.ReadAllTextAsync(Path.Combine(_process.Folder, "r.html")));
    }

    [Fact]
    public async Task BatchRequeue_All_PutsBackWhatIsNotBackYet()
    {
        _server.Documents[$"/api/batches/{Id}/dead-letters"] = """{"items":[{"index":3,"state":"dead"},{"index":5,"state":"dead","requeued":true},{"index":8,"state":"dead"}]}""";
        foreach (int index in (int[])[3, 8])
        {
            _server.Accepts[$"/api/batches/{Id}/dead-letters/{index}/requeue"] = Batch("running");
        }

        Assert.Equal(0, await _process.RunAsync("batch", "requeue", Id, "--all"));
        Assert.Equal("2 put back to work\n", _process.Stdout);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task BatchRequeue_WithAMendedProgram_SendsIt()
    {
        _process.File("mended.py", "print(3)");
        _server.Accepts[$"/api/batches/{Id}/dead-letters/3/requeue"] = Batch("running");

        Assert.Equal(0, await _process.RunAsync("batch", "requeue", Id, "3", "mended.py"));
        JsonNode sent = JsonNode.Parse(Assert.Single(_server.Requests).Body)!;
        Assert.Equal(("python", "mended.py"), ((string?)sent["language"], (string?)sent["files"]![0]!["path"]));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("publish")]
    [InlineData("rollback")]
    public async Task BatchAction_Always_IsPosted(string verb)
    {
        _server.Accepts[$"/api/batches/{Id}/{verb}"] = Batch("running");

        Assert.Equal(0, await _process.RunAsync("batch", verb, Id, "--json"));
        Assert.Equal(Id, JsonDocument.Parse(_process.Stdout).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task BatchRegrade_Follow_ShowsWhoChanges()
    {
        _server.Accepts[$"/api/batches/{Id}/regrade"] = Batch("running");
        _server.Documents[$"/api/batches/{Id}"] = Batch("completed");
        _server.Documents[$"/api/batches/{Id}/events"] = "id: 5\nevent: result\ndata: {}\n\n";
        _server.Documents[$"/api/batches/{Id}/changes"] =
            """{"before":"a","after":"b","unchanged":3,"better":1,"worse":0,"changes":[{"index":2,"key":"ann","verdictBefore":"wrongAnswer","verdictAfter":"accepted","scoreBefore":0,"scoreAfter":1,"maxScoreBefore":1,"maxScoreAfter":1}]}""";

        Assert.Equal(0, await _process.RunAsync("batch", "regrade", Id, "--problem", "sum@3", "--follow"));
        Assert.Equal("""{"problem":{"id":"sum","version":3}}""", _server.Requests.First().Body);
        Assert.StartsWith("#  SUBMISSION  BEFORE       AFTER     POINTS\n2  ann         wrongAnswer  accepted  0/1 -> 1/1\n3 unchanged, 1 better, 0 worse\n", _process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchStatus_NoSuchBatch_SaysWhereToLook()
    {
        _server.Refusals.Enqueue(new Refusal(404, """{"title":"Not found","detail":"There is no such batch."}"""));

        Assert.Equal(3, await _process.RunAsync("batch", "status", Id));
        Assert.Contains("codeexec batch list", _process.Stderr, StringComparison.Ordinal);
    }

    private static string Batch(string state, int dead = 0) => new JsonObject
    {
        ["id"] = Id,
        ["state"] = state,
        ["createdAt"] = "2026-11-21T03:00:00Z",
        ["endedAt"] = state == "running" ? null : "2026-11-21T03:01:00Z",
        ["progress"] = JsonNode.Parse("""{"done":4,"total":4,"percentage":100,"ratePerMinute":12,"estimatedEnd":null}"""),
        ["score"] = 3,
        ["maxScore"] = 4,
        ["verdicts"] = new JsonObject { ["accepted"] = 3 },
        ["deadLetters"] = dead,
    }.ToJsonString();
}
