using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

/// <summary>What the user sees of a run, and what the shell sees.</summary>
public sealed class RunOutcomeTests : CommandLineTest
{
    protected override void Prepare() => Process.File("main.py");

    [Theory]
    [InlineData("completed", """{"kind":"exited","exitCode":0}""", 0, "")]
    [InlineData("failed", """{"kind":"exited","exitCode":42}""", 42, "")]
    [InlineData("failed", """{"kind":"exited","exitCode":137}""", 137, "")]
    [InlineData("failed", """{"kind":"signalled","signal":11}""", 139, "SIGSEGV")]
    [InlineData("timeout", """{"kind":"limitExceeded","limit":"wallTime","signal":9}""", 124, "--wall")]
    [InlineData("timeout", """{"kind":"limitExceeded","limit":"cpuTime"}""", 124, "--cpu")]
    [InlineData("failed", """{"kind":"limitExceeded","limit":"memory"}""", 137, "--memory")]
    [InlineData("failed", """{"kind":"limitExceeded","limit":"output"}""", 125, "--output")]
    [InlineData("failed", """{"kind":"limitExceeded","limit":"processes"}""", 125, "--processes")]
    [InlineData("failed", """{"kind":"limitExceeded","limit":"workspace"}""", 125, "--workspace")]
    [InlineData("cancelled", """{"kind":"cancelled"}""", 130, "stopped")]
    [InlineData("failed", """{"kind":"internalError"}""", 3, "could not run it")]
    public async Task Run_HowTheProgramEnded_IsTheExitCode(string status, string outcome, int expected, string remark)
    {
        Server.Result = Executions.Ended(status, outcome);

        Assert.Equal(expected, await Process.RunAsync("run", "main.py"));
        Assert.Contains(remark, Process.Stderr, StringComparison.Ordinal);
        Assert.Equal(remark.Length == 0, Process.Stderr.Length == 0);
    }

    [Fact]
    public async Task Run_ServerFailed_SaysWhatTheServerSays()
    {
        Server.Result = Executions.Faulted("The container was lost.");

        Assert.Equal(3, await Process.RunAsync("run", "main.py"));
        Assert.Contains("The container was lost.", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputOnBothStreams_ComesApartAndAsItWas()
    {
        Server.Feed =
        [
            FeedItem.Status("running"),
            FeedItem.Log("one"),
            FeedItem.Log("oops", source: "stderr"),
            FeedItem.Log(""),
            FeedItem.Log("tw", partial: true),
            FeedItem.Log("o \ufffd"),
            FeedItem.Log("no line end", partial: true),
            FeedItem.Log("executing", source: "system", step: "run"),
            FeedItem.Result(),
        ];
        Server.Result = Executions.Exited(0, "one\n\ntwo \ufffd\nno line end", "oops\n");

        Assert.Equal(0, await Process.RunAsync("run", "main.py"));
        Assert.Equal("one\n\ntwo \ufffd\nno line end", Process.Stdout);
        Assert.Equal("oops\n", Process.Stderr);
    }

    [Fact]
    public async Task Run_StreamBroughtNoOutput_PrintsWhatTheResultHas()
    {
        Server.Result = Executions.Exited(0, "out", "err");

        await Process.RunAsync("run", "main.py");

        Assert.Equal("out", Process.Stdout);
        Assert.Equal("err", Process.Stderr);
    }

    [Fact]
    public async Task Run_ConnectionBreaksInTheMiddle_OutputIsWhole()
    {
        Server.Feed = [.. Enumerable.Range(1, 20).Select(n => FeedItem.Log($"{n}")), FeedItem.Result()];
        Server.Cuts.Enqueue(7);
        Server.Cuts.Enqueue(5);

        Assert.Equal(0, await Process.RunAsync("run", "main.py"));
        Assert.Equal(string.Concat(Enumerable.Range(1, 20).Select(n => $"{n}\n")), Process.Stdout);
    }

    [Fact]
    public async Task Run_DoesNotCompile_CompilersWordsAreOnStderr()
    {
        Server.Feed = [FeedItem.Log("main.cpp:1: error", source: "stdout", step: "compile"), FeedItem.Result()];
        Server.Result = Executions.NotCompiled("main.cpp:1: error\n");

        Assert.Equal(1, await Process.RunAsync("run", "main.py"));
        Assert.Equal("", Process.Stdout);
        Assert.StartsWith("main.cpp:1: error\n", Process.Stderr, StringComparison.Ordinal);
        Assert.Contains("did not compile", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DoesNotCompileAndStreamBroughtNothing_CompilersWordsComeFromTheResult()
    {
        Server.Result = Executions.NotCompiled("main.cpp:1: error\n");

        Assert.Equal(1, await Process.RunAsync("run", "main.py"));
        Assert.StartsWith("main.cpp:1: error\n", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputWasCut_SaysSo()
    {
        Server.Result = Executions.Exited(0, "x", truncated: true);

        Assert.Equal(0, await Process.RunAsync("run", "main.py"));
        Assert.Contains("cut", Process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "\\x1b[31mred\\x0d\n")]
    [InlineData(true, "\e[31mred\r\n")]
    public async Task Run_OutputSteersTheTerminal_IsShownUnlessRaw(bool raw, string expected)
    {
        Process.OnTerminal = true;
        Server.Feed = [FeedItem.Log("\e[31mred\r"), FeedItem.Result()];

        await Process.RunAsync(["run", "main.py", .. raw ? ["--raw"] : Array.Empty<string>()]);

        Assert.Equal(expected, Process.Stdout);
    }

    [Fact]
    public async Task Run_OutputSteersATerminalButGoesToAFile_IsUntouched()
    {
        Server.Feed = [FeedItem.Log("\e[31mred"), FeedItem.Result()];

        await Process.RunAsync("run", "main.py");

        Assert.Equal("\e[31mred\n", Process.Stdout);
    }

    [Fact]
    public async Task Run_Json_PrintsTheResultAndNoOutput()
    {
        Server.Feed = [FeedItem.Log("hi"), FeedItem.Result()];
        Server.Result = Executions.Exited(3, "hi\n");

        Assert.Equal(3, await Process.RunAsync("run", "main.py", "--json"));
        JsonNode json = JsonNode.Parse(Process.Stdout)!;
        Assert.Equal("failed", (string?)json["status"]);
        Assert.Equal("exited", (string?)json["outcome"]!["kind"]);
        Assert.Equal("hi\n", (string?)json["run"]!["stdout"]);
    }

    [Fact]
    public async Task Run_Detach_PrintsTheIdAndLeaves()
    {
        Server.RunsUntilStopped = true;

        Assert.Equal(0, await Process.RunAsync("run", "main.py", "--detach"));
        Assert.Equal(FakeServer.Id + "\n", Process.Stdout);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Run_ArtifactsAndAFolder_SavesThem()
    {
        Server.Result = Executions.WithArtifacts("out/a.txt", "b.bin");
        Server.Artifacts["out/a.txt"] = "abc"u8.ToArray();
        Server.Artifacts["b.bin"] = [0, 255];

        Assert.Equal(0, await Process.RunAsync("run", "main.py", "--artifact", "**", "--out", "kept"));
        Assert.Equal("abc", await File.ReadAllTextAsync(Path.Combine(Process.Folder, "kept/out/a.txt")));
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(Path.Combine(Process.Folder, "kept/b.bin")));
    }

    [Fact]
    public async Task Run_ShowsSomething_TextsAreToldAndTheRestIsNamed()
    {
        Server.Result = Executions.WithDisplays(
            new() { ["id"] = "1.md", ["name"] = "note.md", ["mime"] = "text/markdown", ["sizeBytes"] = 8, ["data"] = "# a\n\u001bb\n", ["encoding"] = "utf8" },
            new() { ["id"] = "2.png", ["name"] = "plot.png", ["mime"] = "image/png", ["sizeBytes"] = 2, ["data"] = "AP8=", ["encoding"] = "base64" },
            new() { ["id"] = null, ["name"] = "x", ["mime"] = null, ["sizeBytes"] = 0, ["refused"] = "It is a link." });
        Server.Artifacts["1.md"] = "# a"u8.ToArray();
        Server.Artifacts["2.png"] = [0, 255];

        Assert.Equal(0, await Process.RunAsync("run", "main.py"));
        Assert.Contains("  # a\n", Process.Stderr, StringComparison.Ordinal);
        Assert.Contains($"codeexec displays {FakeServer.Id} 2.png", Process.Stderr, StringComparison.Ordinal);
        Assert.Contains("not shown: x (It is a link.)", Process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Process.Stderr);

        Assert.Equal(0, await Process.RunAsync("run", "main.py", "--displays", "shown"));
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(Path.Combine(Process.Folder, "shown/plot.png")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/tmp/codeexec-cli-evil")]
    [InlineData("a/../../evil")]
    public async Task Run_ArtifactWhoseNameLeadsOut_IsLeftAlone(string path)
    {
        Server.Result = Executions.WithArtifacts(path);

        Assert.Equal(2, await Process.RunAsync("run", "main.py", "--artifact", "**", "--out", "kept"));
        Assert.DoesNotContain(Server.Requests, r => r.Path.Contains("/artifacts/", StringComparison.Ordinal));
        Assert.Contains("outside", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyListens_SaysHowToStartAServer()
    {
        Process.Environment.Remove("CODEEXEC_SERVER");
        int code = await Process.RunAsync("run", "main.py", "--server", "http://127.0.0.1:1");

        Assert.Equal(3, code);
        Assert.Contains("./run", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Refused_ShowsTheDetailAndEveryField()
    {
        Server.Refusals.Enqueue(new Refusal(400, """{"title":"Not valid","detail":"See the errors.","errors":{"limits.memoryMb":["At most 4096.","\u001b[2J"]}}"""));

        Assert.Equal(3, await Process.RunAsync("run", "main.py"));
        Assert.Contains("Not valid: See the errors.", Process.Stderr, StringComparison.Ordinal);
        Assert.Contains("limits.memoryMb: At most 4096.", Process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Process.Stderr);
    }

    [Fact]
    public async Task Run_NoKey_SaysHowToGiveOne()
    {
        Server.Refusals.Enqueue(new Refusal(401, """{"title":"No key","detail":"This server wants a key."}"""));

        Assert.Equal(3, await Process.RunAsync("run", "main.py"));
        Assert.Contains("CODEEXEC_KEY", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReaderOfTheOutputIsGone_StopsTheExecution()
    {
        Process.Out = new ClosedPipe();
        Server.Feed = [FeedItem.Log("x"), FeedItem.Result()];
        Server.RunsUntilStopped = true;

        Assert.Equal(141, await Process.RunAsync("run", "main.py"));
        Assert.True(Server.WasStopped);
    }

    [Fact]
    public async Task Run_OnATerminal_ShowsAStatusLineAndTakesItAway()
    {
        Process.OnTerminal = true;
        Server.RunsUntilStopped = true;
        Process.Clock = new InstantClock();

        await Process.RunAsync("run", "main.py", "--timeout", "5s"); // the instant clock stops it at once, after the line was drawn

        Assert.Contains("\r\e[K", Process.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("codeexec: The execution was stopped." + Environment.NewLine, Process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--detach")]
    public async Task Run_OnATerminalButQuiet_ShowsNoStatusLine(string option)
    {
        Process.OnTerminal = true;

        await Process.RunAsync("run", "main.py", option);

        Assert.Equal("", Process.Stderr);
    }

    [Fact]
    public async Task Run_TakesLongerThanItsTimeout_IsStopped()
    {
        Server.RunsUntilStopped = true;

        Assert.Equal(124, await Process.RunAsync("run", "main.py", "--timeout", "5s"));
        Assert.True(Server.WasStopped);
        Assert.Contains(TimeSpan.FromSeconds(5), ((InstantClock)Process.Clock).Delays);
    }
}
