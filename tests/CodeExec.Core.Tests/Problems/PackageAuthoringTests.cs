using System.Text;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Authoring;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Core.Tests.Problems;

/// <summary>What packages bring for authors: validators, generators, scripts, solutions.</summary>
public sealed class PackageAuthoringTests
{
    private const string Polygon = """
        <?xml version="1.0" encoding="utf-8" standalone="no"?>
        <problem revision="7" short-name="sum">
          <names><name language="english" value="Sum"/></names>
          <judging><testset name="tests">
            <time-limit>1000</time-limit><memory-limit>268435456</memory-limit><test-count>5</test-count>
            <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual" sample="true"/><test cmd="gen 10 20" method="generated"/><test cmd="gen -n 100 &quot;a b&quot;" method="generated"/><test method="generated"/><test method="generated"/></tests>
          </testset></judging>
          <files>
            <resources><file path="files/testlib.h" type="h.g++"/></resources>
            <executables><executable><source path="files/gen.cpp" type="cpp.g++17"/></executable><executable><source path="files/val.cpp" type="cpp.g++17"/></executable></executables>
          </files>
          <assets>
            <checker name="std::wcmp.cpp" type="testlib"/>
            <validators><validator><source path="files/val.cpp" type="cpp.g++17"/></validator><validator><source path="files/gone.cpp" type="cpp.g++17"/></validator></validators>
            <solutions>
              <solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution>
              <solution tag="time-limit-exceeded-or-accepted"><source path="solutions/slow.py" type="python.3"/></solution>
              <solution tag="do-not-run"><source path="solutions/old.py" type="python.3"/></solution>
            </solutions>
          </assets>
        </problem>
        """;

    private static readonly (string, string)[] Files =
    [
        ("problem.xml", Polygon), ("tests/01", "1 2"), ("files/testlib.h", "// testlib"), ("files/gen.cpp", "gen"), ("files/val.cpp", "val"),
        ("solutions/main.cpp", "main"), ("solutions/slow.py", "slow"), ("solutions/old.py", "old"), ("script.txt", "<#list 5..5 as i>\ngen 9 > ${i}\n</#list>\ngen 7 8 > 4\n"),
    ];

    [Fact]
    public async Task Make_PolygonPackageWithoutItsTests_MakesThemByCommandsAndScript()
    {
        ProblemDraft draft = await MakeAsync(Files);

        Assert.Equal(["1 2", null, null, null, null], draft.Suite.Tests!.Select(test => test.Stdin?.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes) : null));
        Assert.Equal(["gen 10 20", "gen -n 100 a b", "gen 7 8", "gen 9"], draft.Suite.Tests!.Skip(1).Select(test => $"{test.Generate!.Generator} {string.Join(' ', test.Generate.Args!)}"));
        Assert.Equal(["-n", "100", "a b"], draft.Suite.Tests![2].Generate!.Args!);
        SubmittedTool generator = Assert.Single(draft.Authoring!.Generators!);
        Assert.Equal(("gen", "cpp", "gen", "testlib.h"), (generator.Name, generator.Program.Language, generator.Program.Code, generator.Program.Files!.Single().Path));
    }

    [Fact]
    public async Task Make_PolygonScriptWithoutNumbers_TakesThoseThatAreFree()
    {
        string xml = Polygon.Replace("cmd=\"gen 10 20\" ", "", StringComparison.Ordinal).Replace("cmd=\"gen -n 100 &quot;a b&quot;\" ", "", StringComparison.Ordinal);
        ProblemDraft draft = await MakeAsync([.. Files[2..^1], ("problem.xml", xml), ("tests/01", "1 2"), ("script", "gen a > $\r\ngen b > 3\r\ngen c > $\r\ngen d > $\r\n")]);

        Assert.Equal(["a", "b", "c", "d"], draft.Suite.Tests!.Skip(1).Select(test => test.Generate!.Args!.Single()));
    }

    [Fact]
    public async Task Make_PolygonPackage_HasItsValidatorsAndSolutionsWithTheirTags()
    {
        ProblemDraft draft = await MakeAsync(Files);

        Assert.Equal("val", Assert.Single(draft.Authoring!.Validators!).Name);
        Assert.Equal(["main.cpp accepted True", "slow.py time-limit-exceeded-or-accepted False"], draft.Authoring.Solutions!.Select(one => $"{one.Name} {one.Expect!.Single()} {one.Main}"));
        Assert.Equal(["cpp", "python"], draft.Authoring.Solutions!.Select(one => one.Program.Language));
    }

    [Fact]
    public async Task Make_PolygonPackageWithAMissingTestAndNoCommand_IsRefusedByName()
    {
        ArchiveRefusedException refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => MakeAsync([.. Files.Where(file => file.Item1 != "script.txt")]));

        Assert.Contains("tests/04", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1, 2)]
    [InlineData(false, 0, 1)]
    public async Task Make_WithoutACheck_TakesOnlyWhatMakesTests(bool check, int validators, int solutions)
    {
        ProblemDraft draft = await MakeAsync(Files, check);

        Assert.Equal((validators, 1, solutions), (draft.Authoring!.Validators?.Count ?? 0, draft.Authoring.Generators!.Count, draft.Authoring.Solutions!.Count));
    }

    [Fact]
    public async Task Make_IcpcPackage_HasItsInputValidatorsAndSubmissions()
    {
        ProblemDraft draft = await MakeAsync(
        [
            ("problem.yaml", "name: Sum"), ("data/secret/1.in", "1"), ("data/secret/1.ans", "1"),
            ("input_validators/check.py", "check"), ("input_validators/format/validate.cpp", "int main(){}"), ("input_validators/format/validate.h", "//"), ("input_validators/grammar.ctd", "INT(1,2)"),
            ("submissions/accepted/ann.java", "class Ann {}"), ("submissions/wrong_answer/ann.java", "class Ann {}"), ("submissions/run_time_error/dir/main.py", "1/0"), ("submissions/run_time_error/dir/other.py", ""),
            ("submissions/mixed/both.py", "# @EXPECTED_RESULTS@: WRONG-ANSWER, TIMELIMIT\n"), ("submissions/mixed/silent.py", "1"), ("submissions/accepted/notes.txt", "words"),
        ]);

        Assert.Equal(["check.py python icpc", "format cpp icpc", "grammar.ctd ctd icpc"], draft.Authoring!.Validators!.Select(one => $"{one.Name} {one.Program.Language} {one.Program.Protocol}"));
        Assert.Equal(
            ["accepted/ann.java accepted", "mixed/both.py WRONG-ANSWER|TIMELIMIT", "run_time_error/dir run_time_error", "wrong_answer/ann.java wrong_answer"],
            draft.Authoring.Solutions!.Select(one => $"{one.Name} {string.Join('|', one.Expect!)}").Order(StringComparer.Ordinal));
        SubmittedProgram folder = draft.Authoring.Solutions!.Single(one => one.Name == "run_time_error/dir").Program;
        Assert.Equal(("main.py", 2), (folder.Entry, folder.Files!.Count));
    }

    [Fact]
    public async Task Make_TestsAlone_HaveNoProgramsOfAnAuthor()
        => Assert.Null((await MakeAsync([("1.in", "1"), ("1.out", "1")])).Authoring);

    private static Task<ProblemDraft> MakeAsync((string Path, string Content)[] files, bool check = true) => Packages.ReadAsync(check, files);
}
