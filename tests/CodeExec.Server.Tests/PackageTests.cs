using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Packages of others, from their zip to a verdict, on the real server and in real cells.</summary>
public sealed class PackageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Polygon = """
        <problem short-name="sum"><names><name language="english" value="Sum"/></names>
          <judging input-file="input.txt" output-file="output.txt"><testset name="tests"><time-limit>2000</time-limit><memory-limit>268435456</memory-limit>
            <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual" sample="true"/><test method="generated"/><test method="generated"/><test cmd="many 9" from-file="4" method="generated"/><test cmd="many 9" from-file="5" method="generated"/></tests></testset></judging>
          <files><executables><executable><source path="files/gen.py" type="python.3"/></executable><executable><source path="files/many.py" type="python.3"/></executable></executables></files>
          <assets><checker name="std::ncmp.cpp"/><solutions><solution tag="main"><source path="solutions/main.py" type="python.3"/></solution><solution tag="wrong-answer"><source path="solutions/minus.py" type="python.3"/></solution></solutions></assets></problem>
        """;

    private const string FromFileToFile = "a, b = map(int, open('input.txt').read().split())\nopen('output.txt', 'w').write(str(a + b))";

    private static readonly (string, string)[] Sum =
    [
        ("problem.xml", Polygon), ("tests/01", "1 2\n"), ("solutions/main.py", FromFileToFile), ("solutions/minus.py", FromFileToFile.Replace("a + b", "a - b", StringComparison.Ordinal)),
        ("files/gen.py", "import sys\nprint(*sys.argv[1:])"), ("files/many.py", "import sys\nfor n in (4, 5):\n    open(str(n), 'w').write(f'{n} {sys.argv[1]}')"),
        ("script.txt", "<#list 1..2 as i>\ngen ${i} ${i * 1000} > $\n</#list>\n"),
    ];

    [SkippableFact]
    public async Task Import_StandardPolygonPackageWithFiles_IsMadeWholeAndGrades()
    {
        fixture.Require("python");
        JsonElement problem = await ImportAsync("sum-of-files", Sum);

        Assert.Equal(("ready", "input.txt", "output.txt"), (problem.Text("state"), problem.Text("inputFile"), problem.Text("outputFile")));
        List<string> inputs = [];
        foreach (string test in (string[])["2", "3", "4", "5"])
        {
            inputs.Add((await fixture.Server.Http.GetStringAsync($"/api/problems/sum-of-files/data?test={test}&part=stdin")).Trim());
        }

        Assert.Equal(["1 1000", "2 2000", "4 9", "5 9"], inputs);
        Assert.Equal("accepted", (await SubmitAsync("sum-of-files", FromFileToFile)).Text("verdict"));
        Assert.Equal("accepted", (await SubmitAsync("sum-of-files", "print(sum(map(int, input().split())))")).Text("verdict")); // it left no file
        JsonElement wrong = await SubmitAsync("sum-of-files", "print(sum(map(int, input().split())))\nopen('output.txt', 'w').write('7')");
        Assert.Equal(("wrongAnswer", "7"), (wrong.At("tests")[0].Text("verdict"), wrong.At("tests")[0].Text("stdout")));
        JsonElement tooMuch = await SubmitAsync("sum-of-files", "open('output.txt', 'w').write('7' * 2000000)");
        Assert.Contains("output.txt could not be read", tooMuch.At("tests")[0].Text("message"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Import_GeneratorThatLeavesAFileOut_IsBrokenAndSaysWhich()
    {
        fixture.Require("python");
        JsonElement problem = await ImportAsync("no-file", [.. Sum.Where(file => file.Item1 != "files/many.py"), ("files/many.py", "open('4', 'w').write('1 1')")]);

        Assert.Equal("broken", problem.Text("state"));
        JsonElement check = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/problems/no-file/check?wait=60");
        Assert.Equal(["5 The generator many wrote no file 5, or one that is too large."], check.At("findings").EnumerateArray().Select(one => $"{one.Text("test")} {one.Text("message")}"));
    }

    [SkippableFact]
    public async Task Import_IcpcPackageWithPoints_ScoresItsFolders()
    {
        fixture.Require("python");
        JsonElement problem = await ImportAsync("doubled",
        [
            ("problem.yaml", "name: Doubled\ntype: scoring\nvalidation: custom"), (".timelimit", "2"), ("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample"),
            ("data/sample/1.in", "1"), ("data/sample/1.ans", "2"),
            ("data/secret/small/testdata.yaml", "accept_score: 30\ngrader_flags: min"), ("data/secret/small/1.in", "2"), ("data/secret/small/1.ans", "4"), ("data/secret/small/2.in", "3"), ("data/secret/small/2.ans", "6"),
            ("data/secret/large/testdata.yaml", "accept_score: 70\ngrader_flags: min\ninput_validator_flags: 100"), ("data/secret/large/1.in", "100"), ("data/secret/large/1.ans", "200"),
            ("output_validators/check/run", "#!/usr/bin/env python3\nimport sys\nsys.exit(42 if sys.stdin.read().split() == open(sys.argv[2]).read().split() else 43)"),
            ("input_validators/range.py", "import sys\nsys.exit(42 if int(input()) <= int((sys.argv[1:] + ['10'])[0]) else 43)"),
            ("submissions/accepted/a.py", "print(2 * int(input()))"), ("submissions/wrong_answer/b.py", "print(1)"),
        ]);

        Assert.Equal("ready", problem.Text("state"));
        JsonElement half = await SubmitAsync("doubled", "n = int(input())\nprint(2 * n if n < 50 else 0)");
        Assert.Equal((30m, 100m), (half.At("score").GetDecimal(), half.At("maxScore").GetDecimal()));
    }

    private async Task<JsonElement> ImportAsync(string id, (string Path, string Content)[] files)
    {
        using ByteArrayContent body = new(ZipOf.Files(files));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using HttpResponseMessage response = await fixture.Server.Http.PostAsync($"/api/problems/{id}/import?wait=60", body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> SubmitAsync(string problem, string code)
    {
        using HttpResponseMessage response = await fixture.Server.Http.PostAsJsonAsync("/api/executions?wait=60", new { language = "python", code, problem = new { id = problem } });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
