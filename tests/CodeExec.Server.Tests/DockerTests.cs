using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>The same promises with Docker as the provider, over HTTP.</summary>
public sealed class DockerTests(DockerServerFixture fixture) : IClassFixture<DockerServerFixture>
{
    private ServerProcess Server => fixture.Server!;

    [SkippableTheory]
    [InlineData("python")]
    [InlineData("cpp")]
    [InlineData("c")]
    [InlineData("javascript")]
    [InlineData("typescript")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("bash")]
    public async Task Run_Hello_Answers(string language)
    {
        fixture.Require(language);
        JsonElement run = await Server.RunAsync(new { language, code = Programs.Hello(language), stdin = "docker\n" });

        Assert.Equal(("completed", "hello docker\n", "docker"), (run.Text("status"), run.At("run").Text("stdout"), run.Text("provider")));
    }

    [SkippableFact]
    public async Task Run_UsesMoreThanItsLimits_TheOutcomeNamesThem()
    {
        fixture.Require("python");
        JsonElement memory = await Server.RunAsync(new { language = "python", code = "b = bytearray(1 << 30)", limits = new { memoryMb = 64 } });
        JsonElement time = await Server.RunAsync(new { language = "python", code = "while True: pass", limits = new { cpuTimeMs = 300 } });

        Assert.Equal("memory", memory.At("outcome").Text("limit"));
        Assert.Equal("cpuTime", time.At("outcome").Text("limit"));
    }

    [SkippableFact]
    public async Task Interact_TwoContainers_SpeakAndTheInteractorDecides()
    {
        fixture.Require("python");
        const string Guessing = "import sys\nsecret = int(open(sys.argv[1]).read())\nfor turn in range(7):\n    guess = int(sys.stdin.readline() or sys.exit(1))\n"
            + "    print('=' if guess == secret else '<' if guess < secret else '>', flush=True)\n    if guess == secret: sys.exit(0)\nsys.exit(1)";
        const string Bisects = "low, high = 1, 100\nwhile True:\n    m = (low + high) // 2\n    print(m, flush=True)\n    a = input()\n    if a == '=': break\n    if a == '<': low = m + 1\n    else: high = m - 1";

        JsonElement right = await InteractAsync(Bisects, Guessing), wrong = await InteractAsync("for i in range(9):\n    print(1, flush=True)\n    input()", Guessing);

        Assert.Equal(["accepted", "accepted"], right.At("tests").EnumerateArray().Select(test => test.Text("verdict")));
        Assert.StartsWith("> 50\n< ", right.At("tests")[0].Text("transcript"), StringComparison.Ordinal);
        Assert.Equal("wrongAnswer", wrong.Text("verdict"));
    }

    [SkippableFact]
    public async Task Check_IcpcProgram_LeavesItsFeedback()
    {
        fixture.Require("python");
        const string Checker = "import sys\nout = sys.argv[3]\nopen(out + 'judgemessage.txt', 'w').write('for judges')\nopen(out + 'teammessage.txt', 'w').write('for teams')\nopen(out + 'score.txt', 'w').write('1')\nsys.exit(42)";
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "print(input())",
            checker = new { type = "program", language = "python", code = Checker, protocol = "icpc" },
            tests = new[] { new { stdin = "1", points = 4 }, new { stdin = "2", points = 4 } },
        });

        Assert.All(run.At("tests").EnumerateArray(), test => Assert.Equal(("partiallyCorrect", 1m, "for teams", "for judges"), (test.Text("verdict"), test.At("points").GetDecimal(), test.Text("message"), test.Text("judgeMessage"))));
    }

    [SkippableFact]
    public async Task Stop_Running_EndsAsCancelled()
    {
        fixture.Require("python");
        JsonElement begun = await Server.RunAsync(new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(600)" }, wait: 0);
        string id = begun.Text("id")!;
        await Server.UntilLoggedAsync(id, "up");
        using HttpResponseMessage stopped = await Server.Http.PostAsync($"/api/executions/{id}/stop", null);
        Assert.True(stopped.IsSuccessStatusCode);

        Assert.Equal("cancelled", (await Server.UntilEndedAsync(id)).Text("status"));
    }

    [SkippableFact]
    public async Task Crash_InTheMiddle_EndsAfterTheRestartAndTheOldContainersGo()
    {
        fixture.Require("python");
        string data = ServerProcess.NewDataFolder();
        ServerProcess first = await ServerProcess.StartAsync(data, "--Containers:Provider=docker");
        JsonElement begun = await first.RunAsync(new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(2)\nprint('down')" }, wait: 0);
        await first.UntilLoggedAsync(begun.Text("id"), "up");
        IReadOnlyList<string> old = await DockerContainers.OfAsync(first);
        Assert.NotEmpty(old);
        await first.KillAsync();

        await using (ServerProcess second = await ServerProcess.StartAsync(data, "--Containers:Provider=docker"))
        {
            Assert.Empty(old.Intersect(await DockerContainers.OfAsync(second)));
            JsonElement ended = await second.UntilEndedAsync(begun.Text("id"));
            Assert.Equal(("completed", "up\ndown\n"), (ended.Text("status"), ended.At("run").Text("stdout")));
            Assert.Equal(0, await second.StopAsync());
            Assert.Empty(await DockerContainers.OfAsync(second));
        }

        Directory.Delete(data, recursive: true);
    }

    [SkippableFact]
    public async Task Health_DockerIsTheProvider_TellsOfIt()
    {
        Skip.If(fixture.Obstacle is not null, fixture.Obstacle);
        string health = await Server.Http.GetStringAsync("/health");

        Assert.Contains("\"docker\"", health, StringComparison.Ordinal);
    }

    private Task<JsonElement> InteractAsync(string code, string interactor)
        => Server.RunAsync(new { language = "python", code, interactor = new { language = "python", code = interactor }, tests = new[] { new { stdin = "42" }, new { stdin = "99" } } });
}
