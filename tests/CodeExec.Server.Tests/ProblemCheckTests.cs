using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Validators, generators and solutions of authors, on the real server and in real cells.</summary>
public sealed class ProblemCheckTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Adds = "print(sum(map(int, input().split())))";

    private const string Generator = "import sys, random\nrandom.seed(sys.argv[2])\nm = int(sys.argv[1])\nprint(random.randint(10, m), random.randint(10, m))";

    private const string Validator = "import sys\na, b = map(int, sys.stdin.read().split())\nif max(a, b) > 1000:\n    print('too large', file=sys.stderr)\n    sys.exit(3)";

    private ServerProcess Server => fixture.Server;

    [SkippableFact]
    public async Task Save_WithGeneratorsAndAMainSolution_HasInputsAndAnswersThatGrade()
    {
        fixture.Require("python");
        JsonElement made = await PutAsync("made", Sum(mainCode: Adds));

        Assert.Equal("ready", made.Text("state"));
        JsonElement test = made.At("tests")[1];
        Assert.Equal(("gen", "7", "solution"), (test.At("generate").Text("generator"), test.At("generate").Text("seed"), test.Text("expectedFrom")));
        int[] input = [.. (await DataAsync("made", "2", "stdin")).Split(' ').Select(int.Parse)];
        Assert.All(input, number => Assert.InRange(number, 10, 500));
        Assert.Equal(input.Sum(), int.Parse(await DataAsync("made", "2", "expected"), System.Globalization.CultureInfo.InvariantCulture));

        JsonElement right = await SubmitAsync("made", Adds), wrong = await SubmitAsync("made", "print(3)");
        Assert.Equal(("accepted", 3m), (right.Text("verdict"), right.At("score").GetDecimal()));
        Assert.Equal(["accepted", "wrongAnswer", "wrongAnswer"], wrong.At("tests").EnumerateArray().Select(one => one.Text("verdict")));
    }

    [SkippableFact]
    public async Task Save_WhatGetShows_IsTheSameVersion()
    {
        fixture.Require("python");
        await PutAsync("again", Sum(mainCode: Adds));
        string shown = await Server.Http.GetStringAsync("/api/problems/again");

        JsonElement saved = await PutAsync("again", JsonSerializer.Deserialize<JsonElement>(shown));

        Assert.Equal((1, "ready"), (saved.At("version").GetInt32(), saved.Text("state")));
    }

    [SkippableFact]
    public async Task Check_SolutionsWithPromises_AreATableOfVerdicts()
    {
        fixture.Require("python");
        object[] solutions =
        [
            new { name = "main", language = "python", code = Adds, main = true },
            new { name = "minus", language = "python", code = "a, b = map(int, input().split())\nprint(a - b)", expect = "wrong-answer" },
            new { name = "slow", language = "python", code = "while True: pass", expect = new[] { "timeLimit" } },
            new { name = "through", language = "python", code = Adds, expect = "rejected" },
        ];
        await PutAsync("table", new { title = "Table", limits = new Dictionary<string, object> { ["*"] = new { cpuTimeMs = 500 } }, solutions, tests = new object[] { new { stdin = "1 2", expected = "3" }, new { stdin = "5 6" } } });

        JsonElement check = await CheckAsync("table");

        Assert.Equal(("passed", "ready", 0, 1), (check.Text("status"), check.Text("state"), check.At("errors").GetInt32(), check.At("warnings").GetInt32()));
        Assert.Equal(["main True", "minus True", "slow True", "through False"], check.At("solutions").EnumerateArray().Select(one => $"{one.Text("name")} {one.Text("kept")}"));
        Assert.Equal(["timeLimit", "timeLimit"], check.At("solutions")[2].At("tests").EnumerateArray().Select(one => one.Text("verdict")));
        Assert.Contains("through should be rejected", check.At("findings")[0].Text("message"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Save_InputThatIsNotValid_IsBrokenAndTheVersionBeforeGoesOn()
    {
        fixture.Require("python");
        await PutAsync("guarded", Sum(mainCode: Adds));

        JsonElement broken = await PutAsync("guarded", Sum(mainCode: Adds, first: "1 2000", firstAnswer: "2001"));

        Assert.Equal((2, "broken"), (broken.At("version").GetInt32(), broken.Text("state")));
        JsonElement check = await CheckAsync("guarded");
        JsonElement finding = check.At("findings")[0];
        Assert.Equal(("failed", "error", "1", "range"), (check.Text("status"), finding.Text("severity"), finding.Text("test"), finding.Text("program")));
        Assert.Contains("too large", finding.Text("message"), StringComparison.Ordinal);
        Assert.Equal(["False", "True", "True"], check.At("tests").EnumerateArray().Select(test => test.At("validators")[0].Text("valid")));

        JsonElement graded = await SubmitAsync("guarded", Adds);
        Assert.Equal(("accepted", 1), (graded.Text("verdict"), graded.At("grade").At("problem").At("version").GetInt32()));
        using HttpResponseMessage refused = await Server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = Adds, problem = new { id = "guarded", version = 2 } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("broken", (await refused.Content.ReadFromJsonAsync<JsonElement>()).At("errors").Text("problem"), StringComparison.Ordinal);
        using HttpResponseMessage batch = await Server.Http.PostAsJsonAsync("/api/batches", new { problem = new { id = "guarded", version = 2 }, submissions = new[] { new { id = "a", language = "python", code = Adds } } });
        Assert.Equal(HttpStatusCode.BadRequest, batch.StatusCode);

        Assert.Equal("ready", (await PutAsync("guarded", Sum(mainCode: Adds, first: "1 20", firstAnswer: "21"))).Text("state"));
        Assert.Equal(3, (await SubmitAsync("guarded", Adds)).At("grade").At("problem").At("version").GetInt32());
    }

    [SkippableFact]
    public async Task Post_CheckOfABrokenVersion_MakesAllAnew()
    {
        fixture.Require("python");
        await PutAsync("anew", Sum(mainCode: Adds, first: "1 2000", firstAnswer: "2001"));

        using HttpResponseMessage response = await Server.Http.PostAsync("/api/problems/anew/check?wait=60", null);

        JsonElement check = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("failed", "broken", 1), (check.Text("status"), check.Text("state"), check.At("errors").GetInt32()));
        Assert.Contains("too large", check.At("findings")[0].Text("message"), StringComparison.Ordinal);
        Assert.NotEqual("", await DataAsync("anew", "2", "expected")); // its author may look at what was made
    }

    public static TheoryData<string, string, string, string> Breaks => new()
    {
        { "generator fails", "import sys\nprint('no', file=sys.stderr)\nsys.exit(5)", Adds, "exit code 5" },
        { "generator does not run", "this is no program", Adds, "generator gen failed" },
        { "main solution fails", Generator, "raise Exception('bad')", "main solution failed" },
        { "main solution is too slow", Generator, "import time\ntime.sleep(60)", "timeLimit" },
        { "main solution is not accepted", Generator, "print(4)", "comes to wrongAnswer" },
    };

    [SkippableTheory]
    [MemberData(nameof(Breaks))]
    public async Task Save_ProgramThatFails_IsBrokenAndSaysWhy(string what, string generator, string main, string why)
    {
        fixture.Require("python");
        string id = what.Replace(' ', '-');
        JsonElement saved = await PutAsync(id, Sum(mainCode: main, generator: generator));

        Assert.Equal("broken", saved.Text("state"));
        JsonElement check = await CheckAsync(id);
        Assert.Contains(check.At("findings").EnumerateArray(), finding => finding.Text("message").Contains(why, StringComparison.Ordinal));
        using HttpResponseMessage refused = await Server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = Adds, problem = new { id } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [SkippableFact]
    public async Task Post_CheckOfAVersionThatIsReady_FindsAnewAndLeavesItReady()
    {
        fixture.Require("python");
        await PutAsync("twice", Sum(mainCode: Adds));
        string first = (await CheckAsync("twice")).Text("id"), input = await DataAsync("twice", "3", "stdin");

        using HttpResponseMessage response = await Server.Http.PostAsync("/api/problems/twice/check?wait=60", null);
        JsonElement second = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.OK, "passed", "ready"), (response.StatusCode, second.Text("status"), second.Text("state")));
        Assert.NotEqual(first, second.Text("id"));
        Assert.Equal(input, await DataAsync("twice", "3", "stdin"));
        using HttpResponseMessage list = await Server.Http.GetAsync("/api/executions?label=check:" + first);
        Assert.Empty((await list.Content.ReadFromJsonAsync<JsonElement>()).At("items").EnumerateArray());
    }

    [SkippableFact]
    public async Task Import_PolygonPackageWithoutItsTests_IsGeneratedValidatedAndReady()
    {
        fixture.Require("cpp");
        const string Xml = """
            <problem short-name="sum"><names><name language="english" value="Sum"/></names>
            <judging><testset name="tests"><time-limit>2000</time-limit><memory-limit>268435456</memory-limit>
            <tests><test method="manual" sample="true"/><test cmd="gen 10 20" method="generated"/><test cmd="gen 500 700" method="generated"/></tests></testset></judging>
            <files><executables><executable><source path="files/gen.cpp" type="cpp.g++17"/></executable></executables></files>
            <assets><checker name="std::wcmp.cpp"/><validators><validator><source path="files/val.cpp" type="cpp.g++17"/></validator></validators>
            <solutions><solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution><solution tag="wrong-answer"><source path="solutions/wa.cpp" type="cpp.g++17"/></solution>
            <solution tag="accepted"><source path="solutions/old.pas" type="pas.fpc"/></solution></solutions></assets></problem>
            """;
        const string Testlib = "#include <cstdio>\n#include <cstdlib>\ninline int number(char** v, int i) { return std::atoi(v[i]); }\n";
        byte[] zip = ZipOf.Files(
            ("problem.xml", Xml),
            ("tests/01", "1 2\n"),
            ("files/testlib.h", Testlib),
            ("files/gen.cpp", "#include \"testlib.h\"\nint main(int c, char** v) { std::printf(\"%d %d\\n\", number(v, 1), number(v, 2)); }"),
            ("files/val.cpp", "#include \"testlib.h\"\nint main() { int a, b; return std::scanf(\"%d %d\", &a, &b) == 2 ? 0 : 3; }"),
            ("solutions/main.cpp", "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }"),
            ("solutions/wa.cpp", "#include <iostream>\nint main() { std::cout << 3; }"),
            ("solutions/old.pas", "begin end."));

        JsonElement imported = await ImportAsync("polygon", zip);

        Assert.Equal("ready", imported.Text("state"));
        Assert.Equal(("500 700\n", "1200\n"), (await DataAsync("polygon", "3", "stdin"), await DataAsync("polygon", "3", "expected")));
        JsonElement check = await CheckAsync("polygon");
        Assert.Equal(["main.cpp True", "wa.cpp True"], check.At("solutions").EnumerateArray().Select(one => $"{one.Text("name")} {one.Text("kept")}"));
        Assert.Contains("old.pas was left out", check.At("findings")[0].Text("message"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Import_IcpcPackage_IsValidatedAndItsSubmissionsAreRun()
    {
        fixture.Require("python");
        byte[] zip = ZipOf.Files(
            ("problem.yaml", "name: Sum\nlimits:\n  time_limit: 1\n"),
            ("data/sample/1.in", "1 2\n"), ("data/sample/1.ans", "3\n"), ("data/secret/2.in", "4 5\n"), ("data/secret/2.ans", "9\n"),
            ("input_validators/check.py", "import sys\na, b = map(int, sys.stdin.read().split())\nsys.exit(42 if a < 5 else 43)"),
            ("submissions/accepted/a.py", Adds), ("submissions/wrong_answer/b.py", "print(3)"), ("submissions/time_limit_exceeded/c.py", "while True: pass"), ("submissions/run_time_error/d.py", "1 / 0"));

        JsonElement imported = await ImportAsync("icpc", zip);

        Assert.Equal("ready", imported.Text("state"));
        JsonElement check = await CheckAsync("icpc");
        Assert.Equal(0, check.At("warnings").GetInt32());
        Assert.Equal(4, check.At("solutions").EnumerateArray().Count(one => one.At("kept").GetBoolean()));
        Assert.Equal("accepted", (await SubmitAsync("icpc", Adds)).Text("verdict"));
    }

    [SkippableFact]
    public async Task Crash_WhileAProblemIsChecked_TheCheckGoesOnAfterwards()
    {
        fixture.Require("python");
        string data = ServerProcess.NewDataFolder();
        ServerProcess first = await ServerProcess.StartAsync(data);
        object slow = new { name = "slow", language = "python", code = "import time\ntime.sleep(0.7)\n" + Adds };
        object problem = new { title = "Slow", solutions = new[] { new { name = "main", language = "python", code = "import time\ntime.sleep(0.7)\n" + Adds, main = true }, slow }, tests = new[] { new { stdin = "1 2" }, new { stdin = "3 4" } } };
        using (HttpResponseMessage saved = await first.Http.PutAsJsonAsync("/api/problems/slow", problem))
        {
            Assert.Equal("checking", (await saved.Content.ReadFromJsonAsync<JsonElement>()).Text("state"));
        }

        await first.KillAsync();
        await using (ServerProcess second = await ServerProcess.StartAsync(data))
        {
            JsonElement check = JsonSerializer.Deserialize<JsonElement>(await second.Http.GetStringAsync("/api/problems/slow/check?wait=60"));
            Assert.Equal(("passed", "ready"), (check.Text("status"), check.Text("state")));
            Assert.Equal("7\n", await second.Http.GetStringAsync("/api/problems/slow/data?test=2&part=expected"));
        }

        Directory.Delete(data, recursive: true);
    }

    private static object Sum(string mainCode, string generator = Generator, string first = "1 2", string firstAnswer = "3") => new
    {
        title = "Sum",
        limits = new Dictionary<string, object> { ["*"] = new { wallTimeMs = 3000 } },
        validators = new[] { new { name = "range", language = "python", code = Validator } },
        generators = new[] { new { name = "gen", language = "python", code = generator } },
        solutions = new[] { new { name = "main", language = "python", code = mainCode, main = true } },
        tests = new object[]
        {
            new { stdin = first, expected = firstAnswer },
            new { generate = new { generator = "gen", args = new[] { "500" }, seed = 7 }, hidden = true },
            new { generate = new { generator = "gen", args = new[] { "900" }, seed = "x" }, hidden = true },
        },
    };

    private async Task<JsonElement> PutAsync(string id, object problem)
    {
        using HttpResponseMessage response = await Server.Http.PutAsJsonAsync($"/api/problems/{id}?wait=60", problem);
        return await ReadAsync(response);
    }

    private async Task<JsonElement> ImportAsync(string id, byte[] zip)
    {
        using ByteArrayContent content = new(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using HttpResponseMessage response = await Server.Http.PostAsync($"/api/problems/{id}/import?wait=60", content);
        return await ReadAsync(response);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    private async Task<JsonElement> CheckAsync(string id) => JsonSerializer.Deserialize<JsonElement>(await Server.Http.GetStringAsync($"/api/problems/{id}/check?wait=60"));

    private Task<string> DataAsync(string id, string test, string part) => Server.Http.GetStringAsync($"/api/problems/{id}/data?test={test}&part={part}");

    private Task<JsonElement> SubmitAsync(string problem, string code) => Server.RunAsync(new { language = "python", code, problem = new { id = problem } });
}
