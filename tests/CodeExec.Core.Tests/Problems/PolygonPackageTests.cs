using System.Text;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Core.Tests.Problems;

/// <summary>Packages of Polygon in their three kinds, by hand after those that it builds.</summary>
public sealed class PolygonPackageTests
{
    private static readonly (string, string)[] Sources =
        [("files/gen.cpp", "gen"), ("files/many.cpp", "many"), ("files/testlib.h", "// testlib"), ("solutions/main.cpp", "main"), ("doall.sh", "#!/bin/bash"), ("statements/english/problem.tex", "words")];

    [Fact]
    public async Task Make_StandardPackage_IsMadeWholeByItsScriptAndMainSolution()
    {
        ProblemDraft draft = await ReadAsync(
            """<test method="manual" sample="true"/>""" + string.Concat(Enumerable.Repeat("""<test method="generated"/>""", 9)),
            ("tests/01", "1 2\n"),
            ("script.txt", "<#assign max = 1000>\n<#list [10, max] as n>\n  <#list 1..2 as seed>\n    gen ${n} ${seed} > $\n  </#list>\n</#list>\n<#-- by one run -->\nmany -n ${max?c} > {6,8-10}\ngen last > 7\n"));

        Assert.Equal(
            ["", "gen 10 1", "gen 10 2", "gen 1000 1", "gen 1000 2", "many -n 1000 6", "gen last", "many -n 1000 8", "many -n 1000 9", "many -n 1000 10"],
            draft.Suite.Tests!.Select(test => test.Generate is { } recipe ? $"{recipe.Generator} {string.Join(' ', recipe.Args!)} {recipe.File}".TrimEnd() : ""));
        Assert.Equal(["gen", "many"], draft.Authoring!.Generators!.Select(one => one.Name));
        Assert.True(Assert.Single(draft.Authoring.Solutions!).Main);
        Assert.All(draft.Suite.Tests!, test => Assert.Null(test.Expected));
    }

    [Fact]
    public async Task Make_ManyFilesOfOneGenerator_AreCalledAsProblemXmlSays()
    {
        ProblemDraft draft = await ReadAsync("""<test cmd="many 5" from-file="03" method="generated"/><test cmd="gen 1" method="generated"/>""");

        Assert.Equal(["many 03", "gen "], draft.Suite.Tests!.Select(test => $"{test.Generate!.Generator} {test.Generate.File}"));
    }

    [Theory]
    [InlineData("gen 1 > 2\n<#list 1..3 as i>\ngen ${i > $\n</#list>", "script.txt, line 3")]
    [InlineData("gen 1 > 2\n\ngen 5", "script.txt, line 3: A command says where")]
    [InlineData("<#list 1..2 as i>\ngen ${i} > x\n</#list>", "script.txt, line 2: 'x' is no place")]
    [InlineData("gen > {1-100000000}", "line 1")]
    [InlineData("gen > {5-3}", "line 1")]
    public async Task Make_ScriptThatIsWrong_IsRefusedWithItsLine(string script, string why)
    {
        ArchiveRefusedException refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ReadAsync("""<test method="generated"/>""", ("script.txt", script)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Make_FullPackageWithAScriptThatIsWrong_DoesNotNeedIt()
        => Assert.Single((await ReadAsync("""<test cmd="gen 1" method="generated"/>""", ("tests/01", "1"), ("tests/01.a", "1"), ("script.txt", "<#list"))).Suite.Tests!);

    [Fact]
    public async Task Make_WindowsPackage_HasNoReturnsInItsTests()
    {
        ProblemDraft draft = await ReadAsync("<test/><test/>", ("tests/01", "1\r\n2\r\n"), ("tests/01.a", "3\r\n"), ("tests/02", "4\r\n"), ("tests/02.a", "4"));

        Assert.Equal(["1\n2\n", "4\n"], draft.Suite.Tests!.Select(test => Encoding.UTF8.GetString(test.Stdin!.Bytes!)));
        Assert.Equal(["3\n", "4"], draft.Suite.Tests!.Select(test => Encoding.UTF8.GetString(test.Expected!.Bytes!)));
    }

    [Fact]
    public async Task Make_ReturnsThatBelongToATest_Stay()
        => Assert.Equal("1\r\n", Encoding.UTF8.GetString((await ReadAsync("<test/><test/>", ("tests/01", "1\r\n"), ("tests/01.a", "1"), ("tests/02", "2\n"), ("tests/02.a", "2"))).Suite.Tests![0].Stdin!.Bytes!));

    [Theory]
    [InlineData("tests/%d", "tests/1")]
    [InlineData("tests/%03d", "tests/001")]
    [InlineData("in/test-%02d.txt", "in/test-01.txt")]
    public async Task Make_PathPatterns_AreFilledAsPrintfWould(string pattern, string path)
    {
        ProblemDraft draft = await Packages.ReadAsync(
            ("problem.xml", $"<problem><judging><testset name=\"tests\"><input-path-pattern>{pattern}</input-path-pattern><answer-path-pattern>{pattern}.ans</answer-path-pattern><tests><test/></tests></testset></judging></problem>"),
            (path, "1"), (path + ".ans", "2"));

        Assert.Equal("2"u8.ToArray(), Assert.Single(draft.Suite.Tests!).Expected!.Bytes!);
    }

    [Fact]
    public async Task Make_SeveralTestsets_TakesTheTests()
    {
        ProblemDraft draft = await Packages.ReadAsync(
            ("problem.xml", """
            <problem><judging>
              <testset name="pretests"><time-limit>100</time-limit><input-path-pattern>pretests/%02d</input-path-pattern><answer-path-pattern>pretests/%02d.a</answer-path-pattern><tests><test/></tests></testset>
              <testset name="tests"><time-limit>2000</time-limit><memory-limit>536870912</memory-limit><input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern><test-count>2</test-count><tests><test/><test/></tests></testset>
            </judging></problem>
            """),
            ("pretests/01", "p"), ("pretests/01.a", "p"), ("tests/01", "1"), ("tests/01.a", "1"), ("tests/02", "2"), ("tests/02.a", "2"));

        Assert.Equal(2, draft.Suite.Tests!.Count);
        Assert.Equal((2000L, 512L), (draft.Limits!["*"].CpuTimeMs, draft.Limits["*"].MemoryMb));
    }

    [Theory]
    [InlineData("input-file=\"input.txt\" output-file=\"output.txt\"", "input.txt", "output.txt")]
    [InlineData("input-file=\"\" output-file=\"\"", null, null)]
    [InlineData("", null, null)]
    public async Task Make_FilesInPlaceOfStdinAndStdout_AreThoseOfTheProblem(string attributes, string? input, string? output)
    {
        ProblemDraft draft = await Packages.ReadAsync(("problem.xml", $"<problem><judging {attributes}><testset name=\"tests\"><tests><test/></tests></testset></judging></problem>"), ("tests/01", "1"), ("tests/01.a", "1"));

        Assert.Equal((input, output), (draft.Suite.InputFile, draft.Suite.OutputFile));
    }

    public static TheoryData<string, string, double?, double?> Checkers() => new()
    {
        { "ncmp", "tokens", null, null }, { "wcmp", "tokens", null, null }, { "lcmp", "tokens", null, null }, { "icmp", "tokens", null, null }, { "hcmp", "tokens", null, null },
        { "caseicmp", "tokens", null, null }, { "casencmp", "tokens", null, null }, { "casewcmp", "tokens", null, null }, { "fcmp", "trimmed", null, null }, { "uncmp", "unorderedTokens", null, null },
        { "yesno", "caseInsensitive", null, null }, { "nyesno", "caseInsensitive", null, null }, { "rcmp", "float", 1.5e-6, null }, { "acmp", "float", 1.5e-6, null }, { "rncmp", "float", 1.5e-5, null },
        { "dcmp", "float", 1e-6, 1e-6 }, { "rcmp4", "float", 1e-4, 1e-4 }, { "rcmp6", "float", 1e-6, 1e-6 }, { "rcmp9", "float", 1e-9, 1e-9 },
    };

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task Make_TestlibsCheckers_AreOurs(string name, string type, double? absolute, double? relative)
    {
        SubmittedChecker checker = (await WithCheckerAsync($"std::{name}.cpp")).Suite.Checker!;

        Assert.Equal((type, absolute, relative, null), (checker.Type, checker.Absolute, checker.Relative, checker.Program));
    }

    [Theory]
    [InlineData("std::pointscmp.cpp")]
    [InlineData("check.cpp")]
    public async Task Make_OtherCheckers_AreRun(string name)
        => Assert.Equal(("program", "int main(){}"), (await WithCheckerAsync(name)).Suite.Checker is { } checker ? (checker.Type, checker.Program!.Code) : default);

    [Fact]
    public async Task Make_PackageThatRunsProgramsTwice_IsRefused()
    {
        ArchiveRefusedException refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => Packages.ReadAsync(
            ("problem.xml", """<problem><judging><testset name="tests"><tests><test/></tests></testset></judging><assets><interactor><source path="files/i.cpp" type="cpp.g++17"/><runs><run>1</run><run>2</run></runs></interactor></assets></problem>"""),
            ("tests/01", "1"), ("files/i.cpp", "")));

        Assert.Contains("twice", refused.Message, StringComparison.Ordinal);
    }

    private static Task<ProblemDraft> WithCheckerAsync(string name) => Packages.ReadAsync(
        ("problem.xml", $"""<problem><judging><testset name="tests"><tests><test/></tests></testset></judging><assets><checker name="{name}" type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker></assets></problem>"""),
        ("tests/01", "1"), ("tests/01.a", "1"), ("files/check.cpp", "int main(){}"));

    private static Task<ProblemDraft> ReadAsync(string tests, params (string, string)[] files) => Packages.ReadAsync(
    [
        .. Sources,
        .. files,
        ("problem.xml", $"""
            <problem short-name="sum"><judging cpu-name="any" run-count="1">
              <testset name="tests"><input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern><tests>{tests}</tests></testset></judging>
              <files><executables><executable><source path="files/gen.cpp" type="cpp.g++17"/></executable><executable><source path="files/many.cpp" type="cpp.g++17"/></executable></executables></files>
              <assets><solutions><solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution></solutions></assets></problem>
            """),
    ]);
}
