using System.Diagnostics;
using System.Text.Json;

namespace CodeExec.Server.Tests.CommandLine;

/// <summary>codeexec against the real server, both as processes.</summary>
public sealed class CommandLineTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly CommandLineProcess _cli = new();

    public void Dispose() => _cli.Dispose();

    [SkippableFact]
    public async Task Run_ProgramWithInputAndArguments_OutputAndExitCodeAreItsOwn()
    {
        fixture.Require("python");
        _cli.File("a.py", "import sys\nsys.stdout.write(f'{sys.argv[1:]} {sys.stdin.read()}')\nsys.stderr.write('oops')\nsys.exit(7)\n");

        (int code, string output, string error) = await _cli.RunAsync(fixture.Server, "in\nput", null, "run", "a.py", "--", "x", "--json");

        Assert.Equal((7, "['x', '--json'] in\nput", "oops"), (code, output, error));
    }

    [SkippableFact]
    public async Task Run_MuchOutput_IsWhole()
    {
        fixture.Require("python");
        _cli.File("a.py", "for i in range(50000): print(i)\nprint('no line end', end='')\n");

        (int code, string output, string error) = await _cli.RunAsync(fixture.Server, null, null, "run", "a.py");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\n")) + "no line end", output);
    }

    [SkippableTheory]
    [InlineData("while True: pass", "--cpu 300ms", 124, "CPU time")]
    [InlineData("import time; time.sleep(60)", "--wall 500ms", 124, "wall time")]
    [InlineData("import time; time.sleep(60)", "--timeout 1s", 124, "stopped")]
    [InlineData("x = []\nwhile True: x.append('a' * 1000000)", "--memory 64m", 137, "memory")]
    [InlineData("while True: print('y' * 1000)", "--output 4k", 125, "output")]
    [InlineData("import os; os.kill(os.getpid(), 11)", "", 139, "SIGSEGV")]
    public async Task Run_ProgramThatIsEnded_TellsHow(string program, string options, int expected, string remark)
    {
        fixture.Require("python");
        _cli.File("a.py", program);

        (int code, _, string error) = await _cli.RunAsync(fixture.Server, null, null, ["run", "a.py", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(expected, code);
        Assert.Contains(remark, error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_DoesNotCompile_CompilersWordsAreOnStderr()
    {
        fixture.Require("cpp");
        _cli.File("a.cpp", "int main() { return x; }");

        (int code, string output, string error) = await _cli.RunAsync(fixture.Server, null, null, "run", "a.cpp");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("'x' was not declared", error.Replace('‘', '\'').Replace('’', '\''), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_ArtifactsAndSecret_FilesComeBackAndTheSecretDoesNot()
    {
        fixture.Require("python");
        _cli.File("a.py", "import os\nos.makedirs('out')\nopen('out/a.bin', 'wb').write(bytes([0, 255]))\nprint(os.environ['T'])\n");

        (int code, string output, _) = await _cli.RunAsync(
            fixture.Server, null, null, "run", "a.py", "--artifact", "out/**", "--out", "kept", "--secret", "T=canary-4711");

        Assert.Equal(0, code);
        Assert.DoesNotContain("canary", output, StringComparison.Ordinal);
        Assert.Equal([0, 255], await File.ReadAllBytesAsync(_cli.PathOf("kept/out/a.bin")));
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_Interrupted_StopsTheExecution(string signal)
    {
        fixture.Require("python");
        _cli.File("a.py", "import time\nprint('started', flush=True)\ntime.sleep(60)\n");

        (int code, string output, _) = await _cli.RunAsync(fixture.Server, null, WhenStartedAsync, "run", "a.py", "--label", $"signal:{signal}", "--wall", "60s");

        Assert.Equal((130, "started\n"), (code, output));
        (_, string listed, _) = await _cli.RunAsync(fixture.Server, null, null, "list", "--label", $"signal:{signal}", "--json");
        Assert.Equal("cancelled", JsonDocument.Parse(listed).RootElement.At("items")[0].Text("status"));

        async Task<string> WhenStartedAsync(Process process)
        {
            string line = await process.StandardOutput.ReadLineAsync() + "\n";
            using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            return line;
        }
    }

    [SkippableFact]
    public async Task Commands_OverTheLifeOfAnExecution_AllWork()
    {
        fixture.Require("bash");
        _cli.File("a.sh", "echo one; echo two >&2; sleep 60");

        string id = (await _cli.RunAsync(fixture.Server, null, null, "run", "a.sh", "--detach")).Out.Trim();
        Assert.Equal(0, (await _cli.RunAsync(fixture.Server, null, null, "stop", id)).Code);
        (int followed, string log, _) = await _cli.RunAsync(fixture.Server, null, null, "logs", id, "--follow");
        (_, string status, _) = await _cli.RunAsync(fixture.Server, null, null, "status", id);
        Assert.Equal(0, (await _cli.RunAsync(fixture.Server, null, null, "delete", id)).Code);
        (int gone, _, string detail) = await _cli.RunAsync(fixture.Server, null, null, "status", id);

        Assert.Equal(0, followed);
        Assert.Contains("Cancelled", log, StringComparison.Ordinal);
        Assert.Contains("status     cancelled", status, StringComparison.Ordinal);
        Assert.Equal(3, gone);
        Assert.Contains(id, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LanguagesAndHealth_OfTheRealServer_AreReadable()
    {
        (int languages, string table, _) = await _cli.RunAsync(fixture.Server, null, null, "languages");
        (int health, string state, _) = await _cli.RunAsync(fixture.Server, null, null, "health");

        Assert.Equal(0, languages);
        Assert.Contains("python", table, StringComparison.Ordinal);
        Assert.Equal(fixture.Obstacle is null ? 0 : 3, health);
        Assert.NotEqual("unknown\n", state);
    }
}
