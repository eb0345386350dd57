namespace CodeExec.Server.Tests.CommandLine;

/// <summary>What a teacher does from a shell, against the real server.</summary>
public sealed class GradingCommandLineTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly CommandLineProcess _cli = new();

    public void Dispose() => _cli.Dispose();

    [SkippableFact]
    public async Task Grading_FromImportToReport_WorksFromAShell()
    {
        fixture.Require("python");
        foreach ((string folder, string name, string content) in new[]
        {
            ("tests", "1.in", "1 2"), ("tests", "1.out", "3"), ("tests", "2.in", "2 2"), ("tests", "2.out", "4"),
            ("all", "ann.py", "print(sum(map(int, input().split())))"), ("all", "bob.py", "print(3)"), ("all", "cat.txt", "?"),
        })
        {
            Directory.CreateDirectory(_cli.PathOf(folder));
            _cli.File(Path.Combine(folder, name), content);
        }

        Assert.Equal(0, (await RunAsync("problem", "import", "sum", "tests", "--visible")).Code);
        (int right, string told, _) = await RunAsync("grade", "all/ann.py", "--problem", "sum");
        Assert.Equal((0, true), (right, told.EndsWith("accepted: 2 of 2 tests, 2 of 2 points\n", StringComparison.Ordinal)));
        Assert.Equal(1, (await RunAsync("grade", "all/bob.py", "--tests", "tests")).Code);

        (int code, string shown, string progress) = await RunAsync("batch", "submit", "all", "--problem", "sum", "--follow");
        Assert.Equal(1, code); // cat was set aside
        Assert.Contains("done       3 of 3 (100 %)", shown, StringComparison.Ordinal);
        Assert.Contains("codeexec: ", progress, StringComparison.Ordinal);
        string id = shown.Split('\n')[0]["id         ".Length..];
        string results = (await RunAsync("batch", "results", id)).Out;
        Assert.Contains("ann         python    accepted", results, StringComparison.Ordinal);
        Assert.Contains("It has no file of a language", results, StringComparison.Ordinal);

        _cli.File("mended.py", "print(sum(map(int, input().split())))");
        Assert.Equal("1 put back to work\n", (await RunAsync("batch", "requeue", id, "2", "mended.py")).Out);
        Assert.Equal(0, (await RunAsync("batch", "follow", id, "--quiet")).Code);
        await RunAsync("batch", "results", id, "--out", "report.html");
        Assert.Contains("<h2>Verdicts</h2>", await File.ReadAllTextAsync(_cli.PathOf("report.html")), StringComparison.Ordinal);

        _cli.File(Path.Combine("tests", "2.out"), "3");
        (_, string changes, _) = await RunAsync("batch", "regrade", id, "--tests", "tests", "--follow");
        Assert.Contains("0 unchanged, 1 better, 2 worse", changes, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ProblemCheck_WithARightAndAWrongSolution_ShowsTheirTableAndWhatToMend()
    {
        fixture.Require("python");
        const string Problem = """
            { "id": "checked", "title": "Checked", "tests": [ { "stdin": "1 2" } ], "validators": [ { "name": "small", "language": "python", "code": "import sys\nsys.exit('1' not in sys.stdin.read())" } ],
              "solutions": [ { "name": "main", "language": "python", "code": "print(sum(map(int, input().split())))", "main": true }, { "name": "three", "language": "python", "code": "print(3)", "expect": "wrongAnswer" } ] }
            """;
        _cli.File("problem.json", Problem);
        Assert.Equal(0, (await RunAsync("problem", "create", "problem.json")).Code);

        (int code, string shown, _) = await RunAsync("problem", "check", "checked");

        Assert.Equal(0, code);
        Assert.StartsWith("checked@1  passed, 0 errors, 1 warnings; the version is ready\nwarning: The solution three should be wrongAnswer", shown, StringComparison.Ordinal);
        Assert.Matches(@"main \(main\) +accepted +accepted +yes +1/1", shown);

        _cli.File("problem.json", Problem.Replace("1 2", "7 7", StringComparison.Ordinal));
        Assert.Equal(0, (await RunAsync("problem", "update", "checked", "problem.json")).Code);
        (int broken, string why, _) = await RunAsync("problem", "check", "checked@2");
        Assert.Equal(1, broken);
        Assert.Contains("error: test 1: The input is not valid.", why, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("problem", "check", "checked", "--last")).Code);
    }

    private Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments) => _cli.RunAsync(fixture.Server, null, null, arguments);
}
