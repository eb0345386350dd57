using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

/// <summary>What the user sees of a run, and what the shell sees.</summary>
public sealed class RunOutcomeTests : IAsyncLifetime
{
    private FakeServer _server = null!;
    private CliProcess _process = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _process = new CliProcess(_server);
        _process.File("main.py");
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        await _server.DisposeAsync();
    }

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
        _server.Result = Executions.Ended(status, outcome);

        Assert.Equal(expected, await _process.RunAsync("run", "main.py"));
        Assert.Contains(remark, _process.Stderr, StringComparison.Ordinal);
        Assert.Equal(remark.Length == 0, _process.Stderr.Length == 0);
    }

    [Fact]
    public async Task Run_ServerFailed_SaysWhatTheServerSays()
    {
        _server.Result = Executions.Faulted("The container was lost.");

        Assert.Equal(3, await _process.RunAsync("run", "main.py"));
        Assert.Contains("The container was lost.", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputOnBothStreams_ComesApartAndAsItWas()
    {
        _server.Feed =
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
        _server.Result = Executions.Exited(0, "one\n\ntwo \ufffd\nno line end", "oops\n");

        Assert.Equal(0, await _process.RunAsync("run", "main.py"));
        Assert.Equal("one\n\ntwo \ufffd\nno line end", _process.Stdout);
        Assert.Equal("oops\n", _process.Stderr);
    }

    [Fact]
    public async Task Run_StreamBroughtNoOutput_PrintsWhatTheResultHas()
    {
        _server.Result = Executions.Exited(0, "out", "err");

        await _process.RunAsync("run", "main.py");

        Assert.Equal("out", _process.Stdout);
        Assert.Equal("err", _process.Stderr);
    }

    [Fact]
    public async Task Run_ConnectionBreaksInTheMiddle_OutputIsWhole()
    {
        _server.Feed = [.. Enumerable.Range(1, 20).Select(n => FeedItem.Log($"{n}")), FeedItem.Result()];
        _server.Cuts.Enqueue(7);
        _server.Cuts.Enqueue(5);

        Assert.Equal(0, await _process.RunAsync("run", "main.py"));
        Assert.Equal(string.Concat(Enumerable.Range(1, 20).Select(n => $"{n}\n")), _process.Stdout);
    }

    [Fact]
    public async Task Run_DoesNotCompile_CompilersWordsAreOnStderr()
    {
        _server.Feed = [FeedItem.Log("main.cpp:1: error", source: "stdout", step: "compile"), FeedItem.Result()];
        _server.Result = Executions.NotCompiled("main.cpp:1: error\n");

        Assert.Equal(1, await _process.RunAsync("run", "main.py"));
        Assert.Equal("", _process.Stdout);
        Assert.StartsWith("main.cpp:1: error\n", _process.Stderr, StringComparison.Ordinal);
        Assert.Contains("did not compile", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DoesNotCompileAndStreamBroughtNothing_CompilersWordsComeFromTheResult()
    {
        _server.Result = Executions.NotCompiled("main.cpp:1: error\n");

        Assert.Equal(1, await _process.RunAsync("run", "main.py"));
        Assert.StartsWith("main.cpp:1: error\n", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputWasCut_SaysSo()
    {
        _server.Result = Executions.Exited(0, "x", truncated: true);

        Assert.Equal(0, await _process.RunAsync("run", "main.py"));
        Assert.Contains("cut", _process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "\\x1b[31mred\\x0d\n")]
    [InlineData(true, "\e[31mred\r\n")]
    public async Task Run_OutputSteersTheTerminal_IsShownUnlessRaw(bool raw, string expected)
    {
        _process.OnTerminal = true;
        _server.Feed = [FeedItem.Log("\e[31mred\r"), FeedItem.Result()];

        await _process.RunAsync(["run", "main.py", .. raw ? ["--raw"] : Array.Empty<string>()]);

        Assert.Equal(expected, _process.Stdout);
    }

    [Fact]
    public async Task Run_OutputSteersATerminalButGoesToAFile_IsUntouched()
    {
        _server.Feed = [FeedItem.Log("\e[31mred"), FeedItem.Result()];

        await _process.RunAsync("run", "main.py");

        Assert.Equal("\e[31mred\n", _process.Stdout);
    }

    [Fact]
    public async Task Run_Json_PrintsTheResultAndNoOutput()
    {
        _server.Feed = [FeedItem.Log("hi"), FeedItem.Result()];
        _server.Result = Executions.Exited(3, "hi\n");

        Assert.Equal(3, await _process.RunAsync("run", "main.py", "--json"));
        JsonNode json = JsonNode.Parse(_process.Stdout)!;
        Assert.Equal("failed", (string?)json["status"]);
        Assert.Equal("exited", (string?)json["outcome"]!["kind"]);
        Assert.Equal("hi\n", (string?)json["run"]!["stdout"]);
    }

    [Fact]
    public async Task Run_Detach_PrintsTheIdAndLeaves()
    {
        _server.RunsUntilStopped = true;

        Assert.Equal(0, await _process.RunAsync("run", "main.py", "--detach"));
        Assert.Equal(FakeServer.Id + "\n", _process.Stdout);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Run_ArtifactsAndAFolder_SavesThem()
    {
        _server.Result = Executions.WithArtifacts("out/a.txt", "b.bin");
        _server.Artifacts["out/a.txt"] = "abc"u8.ToArray();
        _server.Artifacts["b.bin"] = [0, 255];

        Assert.Equal(0, await _process.RunAsync("run", "main.py", "--artifact", "**", "--out", "kept"));
        Assert.Equal("abc", await File.ReadAllTextAsync(Path.Combine(_process.Folder, "kept/out/a.txt")));
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(Path.Combine(_process.Folder, "kept/b.bin")));
    }

    [Fact]
    public async Task Run_ShowsSomething_TextsAreToldAndTheRestIsNamed()
    {
        _server.Result = Executions.WithDisplays(
            new() { ["id"] = "1.md", ["name"] = "note.md", ["mime"] = "text/markdown", ["sizeBytes"] = 8, ["data"] = "# a\n\u001bb\n", ["encoding"] = "utf8" },
            new() { ["id"] = "2.png", ["name"] = "plot.png", ["mime"] = "image/png", ["sizeBytes"] = 2, ["data"] = "AP8=", ["encoding"] = "base64" },
            new() { ["id"] = null, ["name"] = "x", ["mime"] = null, ["sizeBytes"] = 0, ["refused"] = "It is a link." });
        _server.Artifacts["1.md"] = "# a"u8.ToArray();
        _server.Artifacts["2.png"] = [0, 255];

        Assert.Equal(0, await _process.RunAsync("run", "main.py"));
        Assert.Contains("  # a\n", _process.Stderr, StringComparison.Ordinal);
        Assert.Contains($"codeexec displays {FakeServer.Id} 2.png", _process.Stderr, StringComparison.Ordinal);
        Assert.Contains("not shown: x (It is a link.)", _process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _process.Stderr);

        Assert.Equal(0, await _process.RunAsync("run", "main.py", "--displays", "shown"));
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(Path.Combine(_process.Folder, "shown/plot.png")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/tmp/codeexec-cli-evil")]
    [InlineData("a/../../evil")]
    public async Task Run_ArtifactWhoseNameLeadsOut_IsLeftAlone(string path)
    {
        _server.Result = Executions.WithArtifacts(path);

        Assert.Equal(2, await _process.RunAsync("run", "main.py", "--artifact", "**", "--out", "kept"));
        Assert.DoesNotContain(_server.Requests, r => r.Path.Contains("/artifacts/", StringComparison.Ordinal));
        Assert.Contains("outside", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyListens_SaysHowToStartAServer()
    {
        _process.Environment.Remove("CODEEXEC_SERVER");
        int code = await _process.RunAsync("run", "main.py", "--server", "http://127.0.0.1:1");

        Assert.Equal(3, code);
        Assert.Contains("./run", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Refused_ShowsTheDetailAndEveryField()
    {
        _server.Refusals.Enqueue(new Refusal(400, """{"title":"Not valid","detail":"See the errors.","errors":{"limits.memoryMb":["At most 4096.","\u001b[2J"]}}"""));

        Assert.Equal(3, await _process.RunAsync("run", "main.py"));
        Assert.Contains("Not valid: See the errors.", _process.Stderr, StringComparison.Ordinal);
        Assert.Contains("limits.memoryMb: At most 4096.", _process.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', _process.Stderr);
    }

    [Fact]
    public async Task Run_NoKey_SaysHowToGiveOne()
    {
        _server.Refusals.Enqueue(new Refusal(401, """{"title":"No key","detail":"This server wants a key."}"""));

        Assert.Equal(3, await _process.RunAsync("run", "main.py"));
        Assert.Contains("CODEEXEC_KEY", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReaderOfTheOutputIsGone_StopsTheExecution()
    {
        _process.Out = new ClosedPipe();
        _server.Feed = [FeedItem.Log("x"), FeedItem.Result()];
        _server.RunsUntilStopped = true;

        Assert.Equal(141, await _process.RunAsync("run", "main.py"));
        Assert.True(_server.WasStopped);
    }

    [Fact]
    public async Task Run_OnATerminal_ShowsAStatusLineAndTakesItAway()
    {
        _process.OnTerminal = true;
        _server.RunsUntilStopped = true;
        _process.Clock = new InstantClock();

        await _process.RunAsync("run", "main.py", "--timeout", "5s"); // the instant clock stops it at once, after the line was drawn

        Assert.Contains("\r\e[K", _process.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("codeexec: The execution was stopped." + Environment.NewLine, _process.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--detach")]
    public async Task Run_OnATerminalButQuiet_ShowsNoStatusLine(string option)
    {
        _process.OnTerminal = true;

        await _process.RunAsync("run", "main.py", option);

        Assert.Equal("", _process.Stderr);
    }

    [Fact]
    public async Task Run_TakesLongerThanItsTimeout_IsStopped()
    {
        _server.RunsUntilStopped = true;

        Assert.Equal(124, await _process.RunAsync("run", "main.py", "--timeout", "5s"));
        Assert.True(_server.WasStopped);
        Assert.Contains(TimeSpan.FromSeconds(5), ((InstantClock)_process.Clock).Delays);
    }
}
