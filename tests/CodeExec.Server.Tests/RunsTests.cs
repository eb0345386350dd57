using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Programs that are run more than once, on the real server and in real cells.</summary>
public sealed class RunsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Time stamps are the one thing that is not put back between two runs: so a program can tell which run it is.</summary>
    private const string Which = "import os, sys\nt = int(os.stat('main.py').st_mtime)\nrun = t + 1 if t < 100 else 1\nos.utime('main.py', (run, run))\n";

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Run_ThreeTimes_EachInTheSameWorkspaceWithTheFirstsOutputAndAverages()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new { language = "python", runs = 3, stdin = "hi", artifacts = new[] { "*.txt" }, code = Which + "print(input(), run, sorted(os.listdir('.')))\nopen(f'{run}.txt', 'w')" });

        JsonElement run = done.At("run");
        JsonElement[] runs = [.. run.At("runs").EnumerateArray()];
        Assert.Equal("hi 1 ['main.py']\n", run.Text("stdout"));
        Assert.Equal(3, runs.Length);
        Assert.All(runs, one => Assert.Equal(0, one.At("exitCode").GetInt32()));
        Assert.Equal(runs.Average(one => one.At("cpuMs").GetDouble()), run.At("cpuMs").GetDouble(), 1.0);
        Assert.Equal((long)runs.Average(one => one.At("memoryBytes").GetInt64()), run.At("memoryBytes").GetInt64());
        Assert.Equal(runs.Max(one => one.At("memoryBytes").GetInt64()), run.At("peakMemoryBytes").GetInt64());
        Assert.Equal("3.txt", Assert.Single(done.At("artifacts").EnumerateArray().ToArray()).Text("path"));
        Assert.DoesNotContain("hi 2", await LogsAsync(done), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_ThirdRunFails_ItIsTheResultAndTheLast()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new { language = "python", runs = 5, code = Which + "print('run', run)\nif run == 3: print('x' * 30000); sys.exit('no')" });

        JsonElement run = done.At("run");
        Assert.Equal(("failed", 1), (done.Text("status"), done.At("outcome").At("exitCode").GetInt32()));
        Assert.Equal(["0", "0", "1"], run.At("runs").EnumerateArray().Select(one => one.Text("exitCode")));
        Assert.StartsWith("run 3\nxxx", run.Text("stdout"), StringComparison.Ordinal);
        Assert.Equal("no\n", run.Text("stderr"));
        string logs = await LogsAsync(done);
        Assert.Contains("run 1", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("run 2", logs, StringComparison.Ordinal);
        Assert.Contains("run 3", logs, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_CompiledProgram_IsCompiledOnce()
    {
        fixture.Require("c");
        JsonElement done = await Server.RunAsync(new { language = "c", runs = 4, code = $"/* {Guid.NewGuid()} */\n#include <stdio.h>\nint main(void) {{ puts(\"once\"); return 0; }}" });

        Assert.Equal(("once\n", 4), (done.At("run").Text("stdout"), done.At("run").At("runs").GetArrayLength()));
        Assert.False(done.At("compile").TryGetProperty("runs", out _));
        Assert.Single((await LogsAsync(done)).Split("Compiling")[1..]);
    }

    [SkippableFact]
    public async Task Run_Once_SaysNothingOfRuns()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new { language = "python", code = "print(1)", runs = 1 });

        Assert.False(done.At("run").TryGetProperty("runs", out _) || done.At("run").TryGetProperty("peakMemoryBytes", out _));
    }

    [SkippableTheory]
    [InlineData(21, 1000, "from 1 to 20")]
    [InlineData(0, 1000, "from 1 to 20")]
    [InlineData(20, 60_000, "20 runs of 60000 ms may take longer than the 600000 ms")]
    public async Task Run_MoreOftenThanMayBe_IsRefusedWithTheReason(int runs, int wallTimeMs, string reason)
    {
        fixture.Require("python");
        using HttpResponseMessage answer = await Server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = "print(1)", runs, limits = new { wallTimeMs } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, (await answer.Content.ReadFromJsonAsync<JsonElement>()).At("errors").At("runs").ToString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("\"trimmed\"")]
    [InlineData("""{ "type": "program", "language": "python", "code": "import sys\nsys.exit(open(sys.argv[2]).read() != open(sys.argv[3]).read())" }""")]
    public async Task Grade_ThirdRunIsWrong_ItIsTheTestsResult(string checker)
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new
        {
            language = "python",
            runs = 4,
            code = Which + "n = int(input())\nprint(n if run == 3 and n == 7 else n + 1)",
            tests = new[] { new { id = "wrong", stdin = "7", expected = "8\n" }, new { id = "right", stdin = "1", expected = "2\n" } },
            checker = JsonDocument.Parse(checker).RootElement,
        });

        JsonElement[] tests = [.. done.At("tests").EnumerateArray()];
        Assert.Equal(["wrongAnswer", "accepted"], tests.Select(test => test.Text("verdict")));
        Assert.Equal("7\n", tests[0].Text("stdout"));
        Assert.All(tests, test => Assert.Equal(4, test.At("runs").GetArrayLength()));
        Assert.Equal(["accepted", "accepted", "wrongAnswer", "accepted"], tests[0].At("runs").EnumerateArray().Select(run => run.Text("verdict")));
        Assert.Equal(tests[0].At("runs").EnumerateArray().Average(run => run.At("wallMs").GetDouble()), tests[0].At("wallMs").GetDouble(), 0.01);
    }

    [SkippableFact]
    public async Task Grade_SecondRunCrashes_IsNotRunAgainAndOtherTestsAre()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new
        {
            language = "python",
            runs = 4,
            code = Which + "n = int(input())\nif n == 7 and run == 2: sys.exit(3)\nprint(n)",
            tests = new[] { new { stdin = "7", expected = "7" }, new { stdin = "1", expected = "1" } },
        });

        JsonElement[] tests = [.. done.At("tests").EnumerateArray()];
        Assert.Equal(["runtimeError", "accepted"], tests.Select(test => test.Text("verdict")));
        Assert.Equal([2, 4], tests.Select(test => test.At("runs").GetArrayLength()));
        Assert.Equal(3, tests[0].At("exitCode").GetInt32());
    }

    [SkippableFact]
    public async Task Grade_WithAnInteractor_EachRunIsAConversation()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new
        {
            language = "python",
            runs = 3,
            code = "print(int(input()) + 1)",
            interactor = new { language = "python", code = "import sys\nn = int(open(sys.argv[1]).read())\nprint(n, flush=True)\nsys.exit(int(input()) != n + 1)" },
            tests = new[] { new { stdin = "41" } },
        });

        JsonElement test = Assert.Single(done.At("tests").EnumerateArray().ToArray());
        Assert.Equal(("accepted", 3), (test.Text("verdict"), test.At("runs").GetArrayLength()));
    }

    [SkippableFact]
    public async Task Grade_TimeIsOverWithGrace_TimeLimitWithTheTrueTime()
    {
        fixture.Require("python");
        JsonElement done = await Server.RunAsync(new
        {
            language = "python",
            code = "import time\nend = float(input())\nwhile time.process_time() < end: pass\nprint('done')",
            limits = new { cpuTimeMs = 300, wallTimeMs = 20_000, graceMs = 2_000 },
            tests = new object[] { new { stdin = "0.1", expected = "done" }, new { stdin = "0.6", expected = "done" }, new { stdin = "60", expected = "done", limits = new { graceMs = 200 } } },
        });

        JsonElement[] tests = [.. done.At("tests").EnumerateArray()];
        Assert.Equal(["accepted", "timeLimit", "timeLimit"], tests.Select(test => test.Text("verdict")));
        Assert.Equal("done\n", tests[1].Text("stdout"));
        Assert.True(tests[1].At("cpuMs").GetDouble() >= 600, tests[1].ToString());
        Assert.True(tests[2].At("cpuMs").GetDouble() >= 500, tests[2].ToString());
    }

    private async Task<string> LogsAsync(JsonElement done)
        => string.Join("\n", (await Server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{done.Text("id")}/logs?limit=1000")).At("items").EnumerateArray().Select(entry => entry.Text("message")));
}
