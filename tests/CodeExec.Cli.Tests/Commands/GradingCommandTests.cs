using System.IO.Compression;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Commands;

/// <summary>Grading from a shell: what is sent, what is shown, and the exit code.</summary>
public sealed class GradingCommandTests : CommandLineTest
{
    private const string Id = "0193f4c2a7b87c1e9d0a5b6c7d8e9f11";

    [Theory]
    [InlineData("accepted", 0)]
    [InlineData("wrongAnswer", 1)]
    [InlineData("compileError", 1)]
    [InlineData("checkerError", 3)]
    public async Task Grade_Verdict_IsTheExitCode(string verdict, int expected)
    {
        Process.File("main.py");
        Server.Result = Graded(verdict);

        Assert.Equal(expected, await Process.RunAsync("grade", "main.py", "--problem", "sum@2", "--label", "a:b"));

        JsonNode sent = JsonNode.Parse(Server.SubmittedJson)!;
        Assert.Equal("""{"id":"sum","version":2}""", sent["problem"]!.ToJsonString());
        Assert.Equal(("python", "main.py"), ((string?)sent["language"], (string?)sent["entry"]));
        Assert.EndsWith($"{verdict}: 1 of 2 tests, 1.5 of 2 points\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grade_WrongAnswer_ShowsTheTestsAndTheFirstDifference()
    {
        Process.File("main.py");
        Server.Result = Graded("wrongAnswer");

        await Process.RunAsync("grade", "main.py", "-p", "sum");

        Assert.Equal(
            """
            TEST   VERDICT      POINTS  CPU   MEMORY
            1      accepted     1/1     8 ms  9 MiB
            2 big  wrongAnswer  0.5/1   8 ms  9 MiB

            Test 2:
              -3
              +\x1b[2J

            wrongAnswer: 1 of 2 tests, 1.5 of 2 points

            """,
            Process.Stdout);
    }

    [Fact]
    public async Task Grade_TestsOfAFolder_AreSentInTheOrderPeopleCount()
    {
        Process.File("main.py");
        foreach (string test in (string[])["10", "2", "1"])
        {
            Process.File($"tests/{test}.in", $"in {test}");
            Process.File($"tests/{test}.{(test == "2" ? "ans" : "out")}", $"out {test}");
        }

        Process.File("tests/input7.txt", [0xff]);
        Process.File("tests/output7.txt", "seven");
        Process.File("tests/alone.in");
        Server.Result = Graded("accepted");

        Assert.Equal(0, await Process.RunAsync("grade", "main.py", "--tests", "tests", "--checker", "tokens", "--stop-on", "firstFailure"));

        JsonNode sent = JsonNode.Parse(Server.SubmittedJson)!;
        Assert.Equal(["1", "2", "7", "10"], sent["tests"]!.AsArray().Select(test => (string)test!["id"]!));
        Assert.Equal("""{"id":"2","stdin":"in 2","expected":"out 2"}""", sent["tests"]![1]!.ToJsonString());
        Assert.Equal("base64", (string?)sent["tests"]![2]!["encoding"]);
        Assert.Equal(("tokens", "firstFailure"), ((string?)sent["checker"], (string?)sent["stopOn"]));
    }

    [Theory]
    [InlineData("Say by what", "grade", "main.py")]
    [InlineData("not both", "grade", "main.py", "--problem", "a", "--tests", "tests")]
    [InlineData("go with --tests", "grade", "main.py", "--problem", "a", "--checker", "tokens")]
    [InlineData("does not name a problem", "grade", "main.py", "--problem", "a@b")]
    [InlineData("no folder 'none'", "grade", "main.py", "--tests", "none")]
    [InlineData("no file or folder 'x.zip'", "batch", "submit", "x.zip", "--problem", "a")]
    [InlineData("is no zip", "batch", "submit", "main.py", "--problem", "a")]
    [InlineData("says all of it itself", "batch", "submit", "all.json", "--problem", "a")]
    [InlineData("by its INDEX, or --all", "batch", "requeue", Id)]
    [InlineData("Say whose", "callbacks", "list")]
    [InlineData("See 'codeexec batch submit --help'", "batch", "submit")]
    public async Task CommandThatMakesNoSense_SaysWhatToWrite(string expected, params string[] arguments)
    {
        Process.File("main.py");
        Process.File("all.json", "{}");

        Assert.Equal(2, await Process.RunAsync(arguments));
        Assert.Contains(expected, Process.Stderr, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task ProblemImport_Folder_IsSentAsAZip()
    {
        Process.File("tests/1.in", "1");
        Process.File("tests/1.out", "2");
        Server.Accepts["/api/problems/sum/import"] = """{"id":"sum","version":1,"title":"A + B","testCount":1,"hiddenCount":1,"maxScore":1}""";

        Assert.Equal(0, await Process.RunAsync("problem", "import", "sum", "tests", "--title", "A + B", "--visible"));

        RecordedRequest sent = Assert.Single(Server.Requests);
        Assert.Equal("?title=A%20%2B%20B&hidden=false", sent.Query);
        Assert.Equal("sum@1  A + B\n1 tests (1 hidden), 1 points\n", Process.Stdout);
        using ZipArchive zip = new(new MemoryStream(sent.Content));
        Assert.Equal(2, zip.Entries.Count);
    }

    [Fact]
    public async Task Callbacks_List_ShowsWhatCameOfThem()
    {
        Server.Documents[$"/api/batches/{Id}/deliveries"] = """
            {"items":[{"id":"batch-1-1","event":"batch.ended","url":"https://x.org","state":"failed","createdAt":"2026-11-21T03:00:00Z","tries":[{"at":"2026-11-21T03:00:00Z","status":null,"problem":"too long","durationMs":1}]}]}
            """;
        Server.Accepts["/api/deliveries/batch-1-1/redeliver"] = """{"id":"batch-1-1"}""";

        Assert.Equal(0, await Process.RunAsync("callbacks", "list", "--batch", Id));
        Assert.Equal("DELIVERY   EVENT        STATE   TRIES  LAST                           URL\nbatch-1-1  batch.ended  failed  1      2026-11-21 03:00:00Z too long  https://x.org\n", Process.Stdout);
        Assert.Equal(0, await Process.RunAsync("callbacks", "redeliver", "batch-1-1"));
    }

    [Fact]
    public async Task Grade_OfAStudent_SendsTheNameAndShowsWhatIsLeft()
    {
        Process.File("main.py");
        Server.Result = Graded("accepted");
        JsonObject queued = (JsonObject)JsonNode.Parse(Server.Queued)!;
        queued["attempts"] = JsonNode.Parse("""{"student":"ann","used":2,"left":3,"given":0,"nextAt":null}""");
        Server.Queued = queued.ToJsonString();

        Assert.Equal(0, await Process.RunAsync("grade", "main.py", "--problem", "sum", "--student", "ann"));

        Assert.Equal("ann", (string?)JsonNode.Parse(Server.SubmittedJson)!["student"]);
        Assert.Contains("Attempts left: 3\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grade_NoAttemptIsLeft_SaysSoAtOnce()
    {
        Process.File("main.py");
        Server.Refusals.Enqueue(new Refusal(429, """{"type":"urn:codeexec:problem:too-many-attempts","title":"No attempt is left for now","detail":"The next is allowed at 12.","attempts":{"student":"ann","used":5,"left":0,"given":0,"nextAt":null}}"""));

        Assert.Equal(3, await Process.RunAsync("grade", "main.py", "--problem", "sum", "--student", "ann"));

        Assert.Contains("The next is allowed at 12.", Process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("busy", Process.Stderr, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task ProblemGive_Take_SendsHowManyFewerAndWhy()
    {
        Server.Accepts["/api/problems/sum/attempts"] = """{"student":"ann","used":1,"left":2,"given":-1,"nextAt":null,"attempts":[],"grants":[{"attempts":-1,"reason":"found again","by":"teacher","at":"2026-11-21T03:00:00Z"}]}""";

        Assert.Equal(0, await Process.RunAsync("problem", "give", "sum", "ann", "1", "--take", "--reason", "found again"));

        Assert.Equal("""{"student":"ann","attempts":-1,"reason":"found again"}""", Assert.Single(Server.Requests).Body);
        Assert.Equal("ann: 1 used, 2 left\n-1 by teacher at 2026-11-21 03:00:00Z: found again\n", Process.Stdout);
    }

    [Fact]
    public async Task ProblemAttempts_All_AreATable()
    {
        Server.Documents["/api/problems/sum/attempts"] = """{"rules":{"max":5,"per":"PT1H","total":20,"pause":null},"items":[{"student":"ann","used":5,"left":0,"given":0,"nextAt":"2026-11-21T04:00:00Z"}],"cursor":null}""";

        Assert.Equal(0, await Process.RunAsync("problem", "attempts", "sum"));

        Assert.Equal("Attempts of a student: 5 in PT1H, 20 in all\n\nSTUDENT  USED  LEFT  GIVEN  NEXT\nann      5     0     0      2026-11-21 04:00:00Z\n", Process.Stdout);
    }

    [Fact]
    public async Task ChallengeAttempts_OfOneStudent_ListItsSubmissions()
    {
        Server.Documents["/api/challenges/c1/attempts"] = """{"student":"ann","rules":{"max":5},"used":1,"left":4,"given":0,"nextAt":null,"attempts":[{"at":"2026-11-21T03:00:00Z","state":"counted","counts":true,"extra":false,"submissionId":"s1"}],"grants":[]}""";

        Assert.Equal(0, await Process.RunAsync("challenge", "attempts", "c1", "ann"));

        Assert.Equal("?student=ann", Assert.Single(Server.Requests).Query);
        Assert.Equal("ann: 1 used, 4 left\n\nAT                    COUNTS  SUBMISSION\n2026-11-21 03:00:00Z  yes     s1\n", Process.Stdout);
    }

    [Fact]
    public async Task ChallengeAttempts_Mine_AsksForNobodyElse()
    {
        Server.Documents["/api/challenges/c1/attempts"] = """{"student":"ann","rules":null,"used":0,"left":null,"given":0,"nextAt":null,"attempts":[],"grants":[]}""";

        Assert.Equal(0, await Process.RunAsync("challenge", "attempts", "c1", "--mine"));

        Assert.Equal("", Assert.Single(Server.Requests).Query);
        Assert.Equal("ann: 0 used\n", Process.Stdout);
    }

    [Fact]
    public async Task Override_PointsOrComputed_SendsThemAndShowsBoth()
    {
        JsonObject graded = (JsonObject)JsonNode.Parse(Graded("wrongAnswer"))!;
        graded["score"] = 1.5;
        graded["grade"] = JsonNode.Parse("""{"passed":1,"total":2,"firstFailure":"2","verdicts":{},"groups":[],"problem":null,"computedScore":1,"overrides":[{"score":1.5,"reason":"nearly","by":"teacher","at":"2026-11-21T03:00:00Z"}]}""");
        Server.Accepts[$"/api/executions/{FakeServer.Id}/override"] = graded.ToJsonString();

        Assert.Equal(0, await Process.RunAsync("override", FakeServer.Id, "1.5", "--reason", "nearly"));
        Assert.Equal(0, await Process.RunAsync("override", FakeServer.Id, "--computed", "--reason", "no"));
        Assert.Equal(2, await Process.RunAsync("override", FakeServer.Id, "--reason", "no"));
        Assert.Equal(2, await Process.RunAsync("override", FakeServer.Id, "1", "--computed", "--reason", "no"));

        Assert.Equal(["""{"score":1.5,"reason":"nearly"}""", """{"reason":"no"}"""], Server.Requests.Select(request => request.Body));
        Assert.Contains("by hand, teacher: nearly (computed 1)\n", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grade_SamplesOrSomeTests_AsksForThoseOnly()
    {
        Process.File("main.py");
        Server.Result = Graded("accepted");

        await Process.RunAsync("grade", "main.py", "--problem", "sum", "--samples");
        Assert.Contains("\"samples\":true", Server.SubmittedJson, StringComparison.Ordinal);

        await Process.RunAsync("grade", "main.py", "--problem", "sum", "--test", "3", "--test", "7");
        Assert.Contains("\"testIds\":[\"3\",\"7\"]", Server.SubmittedJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchOverride_SendsPointsAndShowsTheSubmission()
    {
        Server.Accepts[$"/api/batches/{Id}/results/3/override"] = """{"index":3,"submission":"bob","language":"python","state":"done","verdict":"wrongAnswer","score":0.5,"maxScore":1,"passed":0,"total":1,"computedScore":0,"overrides":[{"score":0.5,"reason":"nearly"}]}""";

        Assert.Equal(0, await Process.RunAsync("batch", "override", Id, "3", "0.5", "--reason", "nearly"));

        Assert.Equal("""{"score":0.5,"reason":"nearly"}""", Assert.Single(Server.Requests).Body);
        Assert.Contains("by hand: nearly (computed 0)", Process.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChallengeGive_SendsHowManyAndWhy()
    {
        Server.Accepts["/api/challenges/c1/attempts"] = """{"student":"ann","used":1,"left":2,"given":2,"nextAt":null,"attempts":[],"grants":[]}""";

        Assert.Equal(0, await Process.RunAsync("challenge", "give", "c1", "ann", "2", "--reason", "was ill"));

        Assert.Equal("""{"student":"ann","attempts":2,"reason":"was ill"}""", Assert.Single(Server.Requests).Body);
    }

    private static string Graded(string verdict)
    {
        JsonObject json = (JsonObject)JsonNode.Parse(Executions.Exited(0))!;
        json["verdict"] = verdict;
        json["score"] = 1.5;
        json["maxScore"] = 2;
        json["grade"] = JsonNode.Parse("""{"passed":1,"total":2,"firstFailure":"2","verdicts":{},"groups":[]}""");
        json["tests"] = JsonNode.Parse("""
            [{"id":"1","verdict":"accepted","points":1,"maxPoints":1,"wallMs":9,"cpuMs":8,"memoryBytes":9437184},
             {"id":"2","name":"big","verdict":"wrongAnswer","points":0.5,"maxPoints":1,"wallMs":9,"cpuMs":8,"memoryBytes":9437184,"diff":"-3\n+\u001b[2J"}]
            """);
        return json.ToJsonString();
    }
}
