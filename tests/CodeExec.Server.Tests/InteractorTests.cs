using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Programs that speak with an interactor, on the real server and in real cells.</summary>
public sealed class InteractorTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Knows a number from its input and says whether a guess is too small or too large; ten guesses are enough.</summary>
    private const string Guessing = """
        import sys
        secret = int(open(sys.argv[1]).read())
        for turn in range(10):
            line = sys.stdin.readline()
            if not line:
                print("the program said no more", file=sys.stderr)
                sys.exit(1)
            guess = int(line)
            print("=" if guess == secret else "<" if guess < secret else ">", flush=True)
            if guess == secret:
                open(sys.argv[2], "w").write(f"{turn + 1} turns\n")
                print("found in", turn + 1, file=sys.stderr)
                sys.exit(0)
        print("too many guesses", file=sys.stderr)
        sys.exit(1)
        """;

    private const string Bisects = """
        low, high = 1, 1000
        while True:
            middle = (low + high) // 2
            print(middle, flush=True)
            answer = input()
            if answer == "=": break
            if answer == "<": low = middle + 1
            else: high = middle - 1
        """;

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Interact_ProgramFindsIt_IsAcceptedWithATranscript()
    {
        JsonElement test = await RunOneAsync(Bisects, new { language = "python", code = Guessing }, "750");

        Assert.Equal("accepted", test.Text("verdict"));
        Assert.Equal("found in 2", test.Text("message"));
        Assert.Equal("> 500\n< <\n> 750\n< =\n", test.Text("transcript"));
        Assert.Equal("500\n750\n", test.Text("stdout"));
    }

    public static TheoryData<string, string, string, string> Endings => new()
    {
        { "wrongAnswer", "too many guesses", "for i in range(12): print(i, flush=True); input()", "goes on after it was told" },
        { "wrongAnswer", "the program said no more", "print(1, flush=True); input()", "ends too early" },
        { "wrongAnswer", "too many guesses", "for i in range(10): print(i, flush=True); x = input()\nraise SystemExit(3)", "fails a moment before the interactor rejects it" },
        { "runtimeError", "", "print(1, flush=True); input(); raise SystemExit(3)", "fails in the middle" },
        { "runtimeError", "", "import os, sys; print(1, flush=True); input(); os.close(1); sys.stdin.read(); os._exit(3)", "fails after it has closed its output" },
        { "runtimeError", "", "import os; os.kill(os.getpid(), 11)", "is killed" },
        { "runtimeError", "", Bisects + "\nraise SystemExit(3)", "fails after it was accepted" },
        { "timeLimit", "buffer", "import sys\nprint(500)\nx = sys.stdin.readline()", "does not flush" },
        { "timeLimit", "not be ended", "print(500, end='', flush=True); input()", "does not end its line" },
        { "timeLimit", "", "print(1, flush=True); input()\nwhile True: pass", "spins" },
        { "timeLimit", "had its turn", "import time\nprint(1, flush=True); input(); time.sleep(60)", "sleeps" },
        { "timeLimit", "had its turn", Bisects + "\nimport time; time.sleep(60)", "sleeps after it was accepted" },
        { "outputLimit", "", "while True: print(1)", "floods an interactor that has had enough" },
        { "accepted", "found in 9", "for i in range(492, 501): print(i)", "does not wait for answers" },
        { "accepted", "found in 1", "import sys, os\nprint(500, flush=True)\nos.close(0)", "does not read the answer" },
    };

    [SkippableTheory]
    [MemberData(nameof(Endings))]
    public async Task Interact_EveryWayToEnd_HasItsVerdict(string verdict, string message, string code, string why)
    {
        JsonElement test = await RunOneAsync(code, new { language = "python", code = Guessing, limits = new { wallTimeMs = 3000 } }, "500");

        bool expected = test.Text("verdict") == verdict || (verdict == "outputLimit" && test.Text("verdict") == "wrongAnswer"); // whichever is quicker
        Assert.True(expected, $"A program that {why}: {test}");
        Assert.Contains(message, test.TryGetProperty("message", out JsonElement said) ? said.GetString()! : "", StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("raise SystemExit(3)", "exit code 3")]
    [InlineData("import os; os.kill(os.getpid(), 6)", "signal 6")]
    [InlineData("input()\nwhile True: pass", "its limit of")]
    [InlineData("import time\nwhile True: time.sleep(1)", "its limit of")]
    [InlineData("raise SystemExit(99)", "exit code 99")]
    public async Task Interact_InteractorFails_IsNeverChargedToTheProgram(string interactor, string message)
    {
        JsonElement test = await RunOneAsync(Bisects, new { language = "python", code = interactor, limits = new { wallTimeMs = 2000, cpuTimeMs = 1500 } }, "500");

        Assert.Equal("checkerError", test.Text("verdict"));
        Assert.Contains(message, test.Text("message"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("print(1)", "import sys\nsys.exit(7)", "says no number")]
    [InlineData("input()", "import time\nwhile time.process_time() < 0.5: pass\nprint(1)", "kept the program waiting")]
    public async Task Interact_AuthorsMistake_IsSaidToTheAuthor(string code, string interactor, string message)
    {
        JsonElement run = await RunAsync(code, new { language = "python", code = interactor, limits = new { wallTimeMs = 30_000 } }, [new { limits = new { wallTimeMs = 400 } }]);
        JsonElement test = run.At("tests")[0];

        Assert.Equal("checkerError", test.Text("verdict"));
        Assert.Contains(message, test.Text("message"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Interact_Points_ArePartOfThoseOfTheTest()
    {
        JsonElement test = await RunOneAsync("print('x')", new { language = "python", code = "import sys\nsys.stdin.read()\nprint('points 1 so so', file=sys.stderr)\nsys.exit(7)" }, "", points: 4);

        Assert.Equal(("partiallyCorrect", 1m, "so so"), (test.Text("verdict"), test.At("points").GetDecimal(), test.Text("message")));
    }

    [SkippableFact]
    public async Task Interact_IcpcProtocol_HasItsArgumentsAndExitCodes()
    {
        const string Interactor = """
            import sys
            given, answer, feedback = open(sys.argv[1]).read(), open(sys.argv[2]).read(), sys.argv[3]
            print(given, flush=True)
            said = input()
            open(feedback + "judgemessage.txt", "w").write("said " + said + " " + sys.argv[4])
            sys.exit(42 if said == answer else 43)
            """;
        JsonElement run = await RunAsync("print(int(input()) + 1)", new { language = "python", code = Interactor, protocol = "icpc", args = new[] { "loudly" } }, [new { stdin = "5", expected = "6" }, new { stdin = "5", expected = "7" }]);

        Assert.Equal(["accepted", "wrongAnswer"], run.At("tests").EnumerateArray().Select(test => test.Text("verdict")));
        Assert.Equal("said 6 loudly", run.At("tests")[1].Text("judgeMessage"));
        Assert.False(run.At("tests")[1].TryGetProperty("message", out _), "What is said to judges is not for whoever submitted.");
    }

    [SkippableFact]
    public async Task Interact_CheckerAfterIt_LooksAtWhatTheInteractorWrote()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = Bisects,
            interactor = new { language = "python", code = Guessing },
            checker = "tokens",
            tests = new object[]
            {
                new { stdin = "500", expected = "1 turns" },
                new { stdin = "750", expected = "1 turns" },
                new { stdin = "750", expected = "2", checker = new { type = "program", language = "python", code = "import sys\ni, o, a = (open(p).read() for p in sys.argv[1:])\nprint(i, o.strip(), a, file=sys.stderr)\nsys.exit(o.split()[0] != a)" } },
            },
        });

        Assert.Equal(["accepted", "wrongAnswer", "accepted"], run.At("tests").EnumerateArray().Select(test => test.Text("verdict")));
        Assert.Equal("750 2 turns 2", run.At("tests")[2].Text("message"));
    }

    [SkippableFact]
    public async Task Interact_ProgramLooksAround_FindsNothingOfTheInteractors()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = """
                import os
                found = ""
                for folder, _, files in os.walk("/workspace"):
                    found += " ".join(files)
                print(found + " " + " ".join(os.environ.values()), flush=True)
                """,
            interactor = new { language = "python", code = "import sys\nprint(input(), file=sys.stderr)\nsys.exit(1)" },
            tests = new[] { new { stdin = "canary-in", expected = "canary-out" } },
        });

        Assert.Equal("wrongAnswer", run.Text("verdict"));
        Assert.StartsWith("main.py /", run.At("tests")[0].Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Interact_BothWriteAndNeitherReads_EndsAndIsTheProgramsFault()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "for i in range(20000): print('x' * 999)\nx = input()",
            limits = new { wallTimeMs = 2000, outputKb = 40_000 },
            interactor = new { language = "python", code = "import sys\nfor i in range(20000): print('y' * 999)\nsys.exit(len(sys.stdin.read()) == 0)", limits = new { wallTimeMs = 2000 } },
            tests = new[] { new { stdin = "" } },
        });

        Assert.Equal("timeLimit", run.Text("verdict"));
    }

    [SkippableFact]
    public async Task Stop_WhileTheyWaitForEachOther_EndsBoth()
    {
        fixture.Require("python");
        string id = (await Server.RunAsync(
            new
            {
                language = "python",
                code = "input()",
                limits = new { wallTimeMs = 60_000 },
                interactor = new { language = "python", code = "input()", limits = new { wallTimeMs = 60_000 } },
                tests = new[] { new { stdin = "" }, new { stdin = "" } },
            },
            wait: 0)).Text("id");
        await Server.UntilLoggedAsync(id, "Running in");

        using HttpResponseMessage stopped = await Server.Http.PostAsync($"/api/executions/{id}/stop", null);

        JsonElement ended = await Server.UntilEndedAsync(id);
        Assert.Equal("cancelled", ended.Text("status"));
        Assert.All(ended.At("tests").EnumerateArray(), test => Assert.Equal("cancelled", test.Text("verdict")));
    }

    [SkippableFact]
    public async Task Interact_Cpp_CompilesEachOnceAndStopsWhereItWasAsked()
    {
        fixture.Require("cpp");
        JsonElement run = await Server.RunAsync(new
        {
            language = "cpp",
            code = "#include <iostream>\nint main(){ int n; std::cin >> n; std::cout << 2 * n << std::endl; }",
            checker = new
            {
                type = "interactor",
                language = "cpp",
                code = "#include <fstream>\n#include <iostream>\nint main(int c, char** v){ std::ifstream in(v[1]); int a, b; in >> a; std::cout << a << std::endl; return std::cin >> b ? (b == 2 * a && a != 7 ? 0 : 1) : 2; }",
            },
            tests = Enumerable.Range(5, 5).Select(i => new { stdin = $"{i}" }).ToArray(),
            stopOn = "firstFailure",
        });

        Assert.Equal(["accepted", "accepted", "wrongAnswer", "skipped", "skipped"], run.At("tests").EnumerateArray().Select(test => test.Text("verdict")));
        JsonElement logs = JsonSerializer.Deserialize<JsonElement>(await Server.Http.GetStringAsync($"/api/executions/{run.Text("id")}/logs?limit=500"));
        Assert.Single(logs.At("items").EnumerateArray(), entry => entry.Text("message") == "Compiling");
    }

    [SkippableTheory]
    [InlineData("interactor", "The interactor does not compile.", "checkerError")]
    [InlineData("program", "The program did not compile.", "compileError")]
    public async Task Interact_DoesNotCompile_IsSaidOfWhoDoesNot(string who, string message, string verdict)
    {
        fixture.Require("cpp");
        string right = "int main(){ return 0; }", wrong = "int main(){ return x; }";
        JsonElement run = await Server.RunAsync(new
        {
            language = "cpp",
            code = who == "program" ? wrong : right,
            interactor = new { language = "cpp", code = who == "program" ? right : wrong },
            tests = new[] { new { stdin = "" } },
        });

        Assert.Equal(verdict, run.At("tests")[0].Text("verdict"));
        Assert.StartsWith(message, run.At("tests")[0].Text("message"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Interact_ManyExchanges_AreNobodysTime()
    {
        fixture.Require("cpp");
        JsonElement run = await Server.RunAsync(new
        {
            language = "cpp",
            code = "#include <cstdio>\nint main(){ int n; for (int i = 0; i < 10000; i++) { printf(\"%d\\n\", i); fflush(stdout); if (scanf(\"%d\", &n) != 1 || n != i + 1) return 1; } }",
            interactor = new { language = "cpp", code = "#include <cstdio>\nint main(){ int n; while (scanf(\"%d\", &n) == 1) { printf(\"%d\\n\", n + 1); fflush(stdout); } return n == 9999 ? 0 : 1; }" },
            tests = new[] { new { limits = new { wallTimeMs = 10_000 } } },
        });

        Assert.Equal("accepted", run.Text("verdict"));
    }

    private async Task<JsonElement> RunOneAsync(string code, object interactor, string stdin, decimal points = 1)
        => (await RunAsync(code, interactor, [new { stdin, points }])).At("tests")[0];

    private async Task<JsonElement> RunAsync(string code, object interactor, object[] tests)
    {
        fixture.Require("python");
        return await Server.RunAsync(new { language = "python", code, interactor, tests, limits = new { wallTimeMs = 2000, cpuTimeMs = 1000, outputKb = 64 } });
    }
}
