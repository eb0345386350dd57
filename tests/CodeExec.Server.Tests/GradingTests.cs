using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Graded executions, on the real server and in real cells.</summary>
public sealed class GradingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Sum = "a, b = map(int, input().split())\nprint(a + b)\n";

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Grade_EveryWayToEnd_HasItsVerdict()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = """
                import sys, os
                w = input()
                if w == "right": print("yes  ")
                elif w == "space": print("y es")
                elif w == "wrong": print("no")
                elif w == "code": sys.exit(3)
                elif w == "signal": os.kill(os.getpid(), 11)
                elif w == "spin":
                    while True: pass
                elif w == "eat": x = bytearray(1 << 30); print(len(x))
                elif w == "flood":
                    while True: print("x" * 1000)
                """,
            limits = new { wallTimeMs = 5000, cpuTimeMs = 700, memoryMb = 128, outputKb = 64 },
            tests = new object[]
            {
                new { id = "right", stdin = "right", expected = "yes" },
                new { id = "wrong", stdin = "wrong", expected = "yes", points = 3 },
                new { id = "code", stdin = "code", expected = "yes" },
                new { id = "signal", stdin = "signal", expected = "yes" },
                new { id = "spin", stdin = "spin", expected = "yes" },
                new { id = "eat", stdin = "eat", expected = "yes" },
                new { id = "flood", stdin = "flood", expected = "yes" },
                new { id = "again", stdin = "right", expected = "yes", points = 2 },
            },
        });

        Assert.Equal("accepted wrongAnswer runtimeError runtimeError timeLimit outputLimit accepted", Verdicts(run, except: "eat"));
        Assert.Contains(Test(run, "eat").Text("verdict"), new[] { "runtimeError", "memoryLimit" });
        Assert.Equal("partiallyCorrect", run.Text("verdict"));
        Assert.Equal((3m, 11m), (run.At("score").GetDecimal(), run.At("maxScore").GetDecimal()));
        Assert.Equal("completed", run.Text("status"));
        Assert.False(run.At("success").GetBoolean());
        Assert.Equal(3, Test(run, "code").At("exitCode").GetInt32());
        Assert.Equal(11, Test(run, "signal").At("signal").GetInt32());
        Assert.Equal("line 1\n- yes\n+ no", Test(run, "wrong").Text("diff"));
        JsonElement spin = Test(run, "spin");
        Assert.True(spin.At("cpuMs").GetDouble() > (spin.Text("limit") == "cpuTime" ? 500 : 0), spin.ToString()); // a busy machine may let the wall clock win
    }

    [SkippableFact]
    public async Task Grade_Cpp_CompilesOnceForAllTests()
    {
        fixture.Require("cpp");
        JsonElement run = await Server.RunAsync(new
        {
            language = "cpp",
            code = "#include <iostream>\nint main(){long a,b;std::cin>>a>>b;std::cout<<a+b<<std::endl;}",
            tests = Enumerable.Range(1, 30).Select(i => new { stdin = $"{i} {i}", expected = $"{2 * i}", checker = "tokens" }).ToArray(),
        });

        Assert.Equal("accepted", run.Text("verdict"));
        Assert.Equal(30, run.At("grade").At("passed").GetInt32());
        JsonElement logs = JsonSerializer.Deserialize<JsonElement>(await Server.Http.GetStringAsync($"/api/executions/{run.Text("id")}/logs?limit=500"));
        string[] messages = [.. logs.At("items").EnumerateArray().Select(entry => entry.Text("message"))];
        Assert.Single(messages, "Compiling");
        Assert.Equal(30, messages.Count(message => message.EndsWith(": accepted", StringComparison.Ordinal) && message.StartsWith("Test ", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Grade_DoesNotCompile_IsACompileErrorWithWhatTheCompilerSaid()
    {
        fixture.Require("cpp");
        JsonElement run = await Server.RunAsync(new { language = "cpp", code = "int main(){ return x; }", tests = new[] { new { stdin = "", expected = "1" } } });

        Assert.Equal("compileError", run.Text("verdict"));
        Assert.Equal("failed", run.Text("status"));
        Assert.Contains("was not declared", run.At("compile").Text("stderr"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Grade_StopsAtTheFirstFailure_SkipsTheRest()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = Sum,
            stopOn = "firstFailure",
            tests = new[] { new { stdin = "1 2", expected = "3" }, new { stdin = "1 2", expected = "4" }, new { stdin = "2 2", expected = "4" } },
        });

        Assert.Equal("accepted wrongAnswer skipped", Verdicts(run));
        Assert.Equal("wrongAnswer", run.Text("verdict"));
        Assert.Equal("2", run.At("grade").Text("firstFailure"));
    }

    [SkippableFact]
    public async Task Grade_GroupsWithDependencies_SkipsWhatDependsOnAFailure()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = Sum,
            stopOn = "group",
            groups = new object[]
            {
                new { id = "small", points = 30, scoring = "allOrNothing" },
                new { id = "large", points = 50, dependsOn = new[] { "small" } },
                new { id = "other", points = 20 },
            },
            tests = new[]
            {
                new { stdin = "1 2", expected = "3", group = "small" },
                new { stdin = "1 2", expected = "4", group = "small" },
                new { stdin = "2 2", expected = "4", group = "small" },
                new { stdin = "2 2", expected = "4", group = "large" },
                new { stdin = "2 2", expected = "4", group = "other" },
            },
        });

        Assert.Equal("accepted wrongAnswer skipped skipped accepted", Verdicts(run));
        Assert.Equal((20m, 100m), (run.At("score").GetDecimal(), run.At("maxScore").GetDecimal()));
    }

    [SkippableFact]
    public async Task Grade_FilesAndArgumentsOfATest_AreThereForThisTestAlone()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys, os\nopen('left', 'w').close()\nprint(sys.argv[1:], sorted(os.listdir('.')), open('d/in').read() if os.path.exists('d/in') else '-')",
            tests = new object[]
            {
                new { args = new[] { "a b" }, files = new[] { new { path = "d/in", content = "x" } }, expected = "['a b'] ['d', 'left', 'main.py'] x" },
                new { expected = "[] ['left', 'main.py'] -" },
            },
        });

        Assert.Equal("accepted accepted", Verdicts(run));
    }

    [SkippableFact]
    public async Task Grade_CheckerIsAProgram_DecidesInAContainerOfItsOwn()
    {
        fixture.Require("python");
        const string Checker = """
            import sys
            i, o, a = (open(path).read() for path in sys.argv[1:])
            if o.strip() == "crash": sys.exit(3)
            if o.strip() == "half":
                print("points 2.5 half of it", file=sys.stderr)
                sys.exit(7)
            if sorted(o.split()) != sorted(a.split()):
                print("not those of", i.strip(), file=sys.stderr)
                sys.exit(1)
            """;
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "print(input())",
            checker = new { type = "program", language = "python", code = Checker },
            tests = new[]
            {
                new { stdin = "2 1", expected = "1 2", points = 5 },
                new { stdin = "3", expected = "1 2", points = 5 },
                new { stdin = "half", expected = "1 2", points = 5 },
                new { stdin = "crash", expected = "1 2", points = 5 },
            },
        });

        Assert.Equal("accepted wrongAnswer partiallyCorrect checkerError", Verdicts(run));
        Assert.Equal("not those of 3", run.At("tests")[1].Text("message"));
        Assert.Equal(2.5m, run.At("tests")[2].At("points").GetDecimal());
        Assert.Equal("checkerError", run.Text("verdict"));
    }

    [SkippableTheory]
    [InlineData("python", "raise ValueError('my own mistake')", "ValueError")]
    [InlineData("javascript", "throw new RangeError('my own mistake')", "RangeError")]
    public async Task Grade_CheckerDiesOfAnError_IsNotHeldAgainstTheSubmitter(string language, string code, string error)
    {
        fixture.Require("python");
        fixture.Require(language);

        JsonElement run = await Server.RunAsync(new { language = "python", code = Sum, tests = new[] { new { stdin = "1 2" } }, checker = new { type = "program", language, code } });

        Assert.Equal("checkerError", run.Text("verdict"));
        Assert.Equal($"The checker failed ({error}).", run.At("tests")[0].Text("message"));
        Assert.Contains($"{error}: my own mistake", run.At("tests")[0].Text("judgeMessage"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Grade_JsonThatNobodyCanRead_IsWrongForItsTestAlone()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys\nsys.stdout.buffer.write(bytes.fromhex(input()))",
            checker = "json",
            tests = new[] { new { stdin = "7b22ff223a317d", expected = "{\"a\":1}" }, new { stdin = "225c756438303022", expected = "\"a\"" }, new { stdin = "3165393939393939393939393939", expected = "1" }, new { stdin = "312e30", expected = "1" } },
        });

        Assert.Equal("wrongAnswer wrongAnswer wrongAnswer accepted", Verdicts(run));
    }

    [SkippableTheory]
    [InlineData("python", "solution.py", "main.py", "import solution\nprint(solution.add(*map(int, input().split())))", "def add(a, b):\n    return a + b\n")]
    [InlineData("cpp", "solution.cpp", "main.cpp", "#include <iostream>\nint add(int, int);\nint main() { int a, b; std::cin >> a >> b; std::cout << add(a, b); }", "int add(int a, int b) { return a + b; }")]
    [InlineData("java", "Solution.java", "Main.java", "import java.util.Scanner; public class Main { public static void main(String[] x) { Scanner s = new Scanner(System.in); System.out.println(new Solution().add(s.nextInt(), s.nextInt())); } }", "class Solution { int add(int a, int b) { return a + b; } }")]
    public async Task Grade_ProblemWithAHarness_CallsWhatWasSubmitted(string language, string submission, string path, string content, string code)
    {
        fixture.Require(language);
        using HttpResponseMessage stored = await Server.Http.PutAsJsonAsync($"/api/problems/add-{language}", new
        {
            title = "Add",
            harness = new Dictionary<string, object> { [language] = new { submission, files = new[] { new { path, content } } } },
            tests = new object[] { new { stdin = "1 2", expected = "3" }, new { stdin = "2 2", expected = "4", hidden = true } },
        });
        Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());

        Assert.Equal("accepted", (await Server.RunAsync(new { language, code, problem = new { id = $"add-{language}" } })).Text("verdict"));
        JsonElement samples = await Server.RunAsync(new { language, code, problem = new { id = $"add-{language}" }, samples = true });
        Assert.Equal((1, true), (samples.At("grade").At("total").GetInt32(), samples.At("grade").At("partial").GetBoolean()));
    }

    [SkippableFact]
    public async Task Rerun_OfAGradedExecutionThatIsDeleted_HasItsOwnTests()
    {
        fixture.Require("python");
        string large = new('7', 100_000); // too long for a record
        JsonElement first = await Server.RunAsync(new { language = "python", code = "print(input())", tests = new[] { new { stdin = large, expected = large } }, labels = new { course = "a" } });
        string address = $"/api/executions/{first.Text("id")}";

        using HttpResponseMessage again = await Server.Http.PostAsync($"{address}/rerun", null);
        string id = JsonSerializer.Deserialize<JsonElement>(await again.Content.ReadAsStringAsync()).Text("id");
        await Server.Http.DeleteAsync(address);
        using HttpResponseMessage third = await Server.Http.PostAsync($"/api/executions/{id}/rerun?wait=30", null);
        JsonElement run = JsonSerializer.Deserialize<JsonElement>(await third.Content.ReadAsStringAsync());

        Assert.Equal(("accepted", id, "a"), (run.Text("verdict"), run.At("labels").Text("rerunOf"), run.At("labels").Text("course")));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await Server.Http.PostAsync($"{address}/rerun", null)).StatusCode);
    }

    [SkippableFact]
    public async Task Override_OfAnExecution_StandsBesideWhatWasComputed()
    {
        fixture.Require("python");
        JsonElement run = await Server.RunAsync(new { language = "python", code = "print(1)", tests = new[] { new { expected = "1" }, new { expected = "2" } } });
        string address = $"/api/executions/{run.Text("id")}";

        using HttpResponseMessage given = await Server.Http.PostAsJsonAsync($"{address}/override", new { score = 2, reason = "both are right" });
        Assert.Equal(System.Net.HttpStatusCode.OK, given.StatusCode);

        JsonElement shown = JsonSerializer.Deserialize<JsonElement>(await Server.Http.GetStringAsync(address));
        Assert.Equal((2m, 1m, "both are right"), (shown.At("score").GetDecimal(), shown.At("grade").At("computedScore").GetDecimal(), shown.At("grade").At("overrides")[0].Text("reason")));
        Assert.Equal(run.Text("verdict"), shown.Text("verdict"));
    }

    [SkippableFact]
    public async Task Grade_LargeInputs_ArePartedOverContainersAndJudgedAll()
    {
        fixture.Require("python");
        string large = string.Concat(Enumerable.Repeat("12345678\n", 300_000));
        JsonElement run = await Server.RunAsync(new
        {
            language = "python",
            code = "import sys\nprint(sum(1 for _ in sys.stdin))",
            tests = Enumerable.Range(0, 5).Select(i => new { stdin = large, expected = "300000" }).ToArray(),
        });

        Assert.Equal("accepted", run.Text("verdict"));
        Assert.Equal(5, run.At("grade").At("passed").GetInt32());
    }

    private static JsonElement Test(JsonElement run, string id) => run.At("tests").EnumerateArray().Single(test => test.Text("id") == id);

    private static string Verdicts(JsonElement run, string except = "")
        => string.Join(' ', run.At("tests").EnumerateArray().Where(test => test.Text("id") != except).Select(test => test.Text("verdict")));
}
