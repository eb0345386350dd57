using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Every language, through the whole of it: HTTP, orchestration, cell, and back.</summary>
public sealed class LanguageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    public static TheoryData<string> Languages => [.. Programs.Languages];

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Run_Hello_ReadsStdinAndPrints(string language)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code = Programs.Hello(language), stdin = "you\n" });

        Assert.Equal("completed", run.Text("status"));
        Assert.Equal("hello you\n", run.At("run").Text("stdout"));
        Assert.Equal("", run.At("run").Text("stderr"));
        Assert.True(run.At("success").GetBoolean());
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Run_ExitSeven_Failed(string language)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code = Programs.ExitSeven(language) });

        Assert.Equal("failed exited 7", $"{run.Text("status")} {run.At("outcome").Text("kind")} {run.At("outcome").At("exitCode")}");
        Assert.Equal(JsonValueKind.Null, run.At("error").ValueKind);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Run_Spin_EndsAtItsTimeLimit(string language)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code = Programs.Spin(language), limits = new { wallTimeMs = 8000, cpuTimeMs = 1000 } });

        Assert.Equal("timeout limitExceeded cpuTime", $"{run.Text("status")} {run.At("outcome").Text("kind")} {run.At("outcome").Text("limit")}");
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Run_Hoard_EndsAtItsMemoryLimit(string language)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code = Programs.Hoard(language), limits = new { wallTimeMs = 30_000, cpuTimeMs = 30_000 } });

        // A runtime with a heap of its own may notice first and say so itself.
        string outcome = $"{run.Text("status")} {run.At("outcome").Text("kind")} {run.At("outcome").At("limit")}";
        bool saidItself = run.At("run").Text("stderr").Contains("OutOfMemoryError", StringComparison.Ordinal);
        Assert.True(outcome == "failed limitExceeded memory" || saidItself, $"{outcome}\n{run.At("run").Text("stderr")}");
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Run_Flood_EndsAtItsOutputLimit(string language)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code = Programs.Flood(language), limits = new { outputKb = 64 } });

        Assert.Equal("failed limitExceeded output", $"{run.Text("status")} {run.At("outcome").Text("kind")} {run.At("outcome").Text("limit")}");
        Assert.Equal(64 * 1024, run.At("run").Text("stdout").Length);
        Assert.True(run.At("run").At("stdoutTruncated").GetBoolean());
    }

    [SkippableTheory]
    [InlineData("python", "raise SystemExit(137)", "failed exited 137 null")]
    [InlineData("python", "print('MemoryError: out of memory'); raise SystemExit(1)", "failed exited 1 null")]
    [InlineData("python", "import os; os.kill(os.getpid(), 9)", "failed signalled null 9")]
    [InlineData("bash", "kill -KILL $$", "failed signalled null 9")]
    [InlineData("c", "#include <stdlib.h>\nint main(void) { abort(); }", "failed signalled null 6")]
    [InlineData("c", "int main(void) { return 137; }", "failed exited 137 null")]
    public async Task Run_EndsLikeAVictimOfALimit_IsReportedAsWhatItIs(string language, string code, string expected)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code });

        JsonElement outcome = run.At("outcome");
        Assert.Equal(expected, $"{run.Text("status")} {outcome.Text("kind")} {Or(outcome.At("exitCode"))} {Or(outcome.At("signal"))}");
        Assert.Equal(JsonValueKind.Null, run.At("error").ValueKind);

        static string Or(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.ToString() : "null";
    }

    [SkippableTheory]
    [InlineData("cpp", "int main( { }")]
    [InlineData("c", "int main( { }")]
    [InlineData("java", "public class Main { nonsense }")]
    [InlineData("go", "package main\nfunc main() { x := 1 }")]
    [InlineData("typescript", "const n: number = 'text';")]
    public async Task Run_DoesNotCompile_SaysWhatTheCompilerSaid(string language, string code)
    {
        fixture.Require(language);
        JsonElement run = await fixture.Server.RunAsync(new { language, code });

        Assert.Equal("failed compileFailed", $"{run.Text("status")} {run.At("outcome").Text("kind")}");
        Assert.Equal(JsonValueKind.Null, run.At("run").ValueKind);
        Assert.NotEqual("", run.At("compile").Text("stderr") + run.At("compile").Text("stdout"));
    }

    [SkippableFact]
    public async Task Run_SameSourceAgain_TakesTheKeptProgram()
    {
        fixture.Require("cpp");
        var submission = new { language = "cpp", version = "c++20", code = "#include <cstdio>\nint main() { std::printf(\"%ld\", __cplusplus); }" };
        JsonElement first = await fixture.Server.RunAsync(submission);
        JsonElement second = await fixture.Server.RunAsync(submission);

        Assert.Equal("202002", first.At("run").Text("stdout"));
        Assert.Equal("202002", second.At("run").Text("stdout"));
        Assert.Equal(first.At("compile").At("wallMs").GetDouble(), second.At("compile").At("wallMs").GetDouble());
    }

    [SkippableFact]
    public async Task Run_LanguageAddedAsAFile_Runs()
    {
        fixture.Require("bash");
        string data = ServerProcess.NewDataFolder();
        Directory.CreateDirectory(Path.Combine(data, "languages"));
        File.WriteAllText(Path.Combine(data, "languages", "awk.json"), """
            {
              "id": "awk", "name": "AWK", "extensions": [".awk"],
              "entry": { "fileName": "main.awk" },
              "detect": { "command": ["awk", "BEGIN { print \"awk 1.0\" }"], "pattern": "^awk (?<version>\\d+\\.\\d+)" },
              "install": { "apt": ["mawk"] },
              "run": { "command": ["awk", "-f", "{entry}"] },
              "limits": { "wallTimeMs": 10000, "cpuTimeMs": 10000, "memoryMb": 64, "processes": 16, "outputKb": 1024, "workspaceMb": 16 },
              "image": "codeexec/awk"
            }
            """);
        await using ServerProcess server = await ServerProcess.StartAsync(data);

        JsonElement run = await server.RunAsync(new { language = "awk", code = "{ print $2, $1 }", stdin = "a b\n" });

        Assert.Equal("b a\n", run.At("run").Text("stdout"));
    }
}
