using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

/// <summary>Batches from a shell: what is sent, what is shown, and the exit code.</summary>
public sealed class BatchCommandTests : CommandLineTest
{
    private const string Id = "0193f4c2a7b87c1e9d0a5b6c7d8e9f11";

    [Fact]
    public async Task BatchSubmit_FolderWithTests_SendsAZipWithBoth()
    {
        Process.File("all/ann.py", "print(1)");
        Process.File("all/bob/main.py", "print(2)");
        Process.File("tests/1.in", "1");
        Process.File("tests/1.out", "2");
        Server.Accepts["/api/batches"] = Batch("running");

        Assert.Equal(0, await Process.RunAsync("batch", "submit", "all", "--tests", "tests", "--name", "Homework 3", "--label", "course:cs 101", "--force", "--idempotency-key", "k1"));

        Assert.Equal(Id + "\n", Process.Stdout);
        RecordedRequest sent = Assert.Single(Server.Requests);
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
        Process.File("tests/1.in", "1");
        Process.File("tests/1.out", "2");
        Process.Stdin = "{\"language\":\"python\"}\n"u8.ToArray();
        Server.Accepts["/api/batches"] = Batch("running");

        Assert.Equal(0, await Process.RunAsync("batch", "submit", "-", "--tests", "tests"));

        RecordedRequest sent = Assert.Single(Server.Requests);
        Assert.Equal("application/x-ndjson", sent.Headers["Content-Type"]);
        Assert.Equal("{\"batch\":{\"tests\":[{\"id\":\"1\",\"stdin\":\"1\",\"expected\":\"2\"}]}}\n{\"language\":\"python\"}\n", sent.Body);
    }

    [Theory]
    [InlineData("completed", 0, 0)]
    [InlineData("completed", 2, 1)]
    [InlineData("cancelled", 0, 130)]
    public async Task BatchSubmit_Follow_WaitsForTheEndAndShowsIt(string state, int dead, int expected)
    {
        Process.File("all.zip", [1]);
        Server.Accepts["/api/batches"] = Batch("running");
        Server.Documents[$"/api/batches/{Id}"] = Batch(state, dead);
        Server.Documents[$"/api/batches/{Id}/events"] = "id: 2\nevent: progress\ndata: {\"done\":2,\"total\":4,\"percentage\":50,\"ratePerMinute\":12}\n\nid: 5\nevent: result\ndata: {}\n\n";

        Assert.Equal(expected, await Process.RunAsync("batch", "submit", "all.zip", "--problem", "sum", "--follow"));

        Assert.Contains("codeexec: 2 of 4 (50 %), 12 a minute\n", Process.Stderr, StringComparison.Ordinal);
        Assert.Contains($"state      {state}\n", Process.Stdout, StringComparison.Ordinal);
        Assert.Contains("points     3 of 4 (75.0 %)\n           3 accepted\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchResults_TableAndFile_AreWhatTheServerHas()
    {
        Server.Documents[$"/api/batches/{Id}/results"] =
            """{"index":0,"submission":"ann\u001b","language":"python","state":"done","verdict":"accepted","score":1,"maxScore":1,"passed":1,"total":1,"reusedFrom":{"batch":"b","index":7}}""" + "\n"
            + """{"index":1,"submission":"bob","language":"","state":"dead","reason":"no language"}""" + "\n";

        Assert.Equal(0, await Process.RunAsync("batch", "results", Id));
        Assert.Equal(
            """
            #  SUBMISSION  LANGUAGE  VERDICT    POINTS  TESTS  FIRST FAILURE  REMARK
            0  ann\x1b     python    accepted   1/1     1/1                   the same as 7 of b
            1  bob                   set aside  0/0     0/0                   no language

            """,
            Process.Stdout);

        Assert.Equal(0, await Process.RunAsync("batch", "results", Id, "--out", "r.html"));
        Assert.Equal("?format=html", Server.Requests.Last().Query);
        Assert.Equal(Server.Documents[$"/api/batches/{Id}/results"], await File.ReadAllTextAsync(Path.Combine(Process.Folder, "r.html")));
    }

    [Fact]
    public async Task BatchRequeue_All_PutsBackWhatIsNotBackYet()
    {
        Server.Documents[$"/api/batches/{Id}/dead-letters"] = """{"items":[{"index":3,"state":"dead"},{"index":5,"state":"dead","requeued":true},{"index":8,"state":"dead"}]}""";
        foreach (int index in (int[])[3, 8])
        {
            Server.Accepts[$"/api/batches/{Id}/dead-letters/{index}/requeue"] = Batch("running");
        }

        Assert.Equal(0, await Process.RunAsync("batch", "requeue", Id, "--all"));
        Assert.Equal("2 put back to work\n", Process.Stdout);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task BatchRequeue_WithAMendedProgram_SendsIt()
    {
        Process.File("mended.py", "print(3)");
        Server.Accepts[$"/api/batches/{Id}/dead-letters/3/requeue"] = Batch("running");

        Assert.Equal(0, await Process.RunAsync("batch", "requeue", Id, "3", "mended.py"));
        JsonNode sent = JsonNode.Parse(Assert.Single(Server.Requests).Body)!;
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
        Server.Accepts[$"/api/batches/{Id}/{verb}"] = Batch("running");

        Assert.Equal(0, await Process.RunAsync("batch", verb, Id, "--json"));
        Assert.Equal(Id, JsonDocument.Parse(Process.Stdout).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task BatchRegrade_Follow_ShowsWhoChanges()
    {
        Server.Accepts[$"/api/batches/{Id}/regrade"] = Batch("running");
        Server.Documents[$"/api/batches/{Id}"] = Batch("completed");
        Server.Documents[$"/api/batches/{Id}/events"] = "id: 5\nevent: result\ndata: {}\n\n";
        Server.Documents[$"/api/batches/{Id}/changes"] =
            """{"before":"a","after":"b","unchanged":3,"better":1,"worse":0,"changes":[{"index":2,"key":"ann","verdictBefore":"wrongAnswer","verdictAfter":"accepted","scoreBefore":0,"scoreAfter":1,"maxScoreBefore":1,"maxScoreAfter":1}]}""";

        Assert.Equal(0, await Process.RunAsync("batch", "regrade", Id, "--problem", "sum@3", "--follow"));
        Assert.Equal("""{"problem":{"id":"sum","version":3}}""", Server.Requests.First().Body);
        Assert.StartsWith("#  SUBMISSION  BEFORE       AFTER     POINTS\n2  ann         wrongAnswer  accepted  0/1 -> 1/1\n3 unchanged, 1 better, 0 worse\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchStatus_NoSuchBatch_SaysWhereToLook()
    {
        Server.Refusals.Enqueue(new Refusal(404, """{"title":"Not found","detail":"There is no such batch."}"""));

        Assert.Equal(3, await Process.RunAsync("batch", "status", Id));
        Assert.Contains("codeexec batch list", Process.Stderr, StringComparison.Ordinal);
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
