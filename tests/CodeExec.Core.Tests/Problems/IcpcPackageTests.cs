using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Core.Tests.Problems;

/// <summary>Packages of Kattis and DOMjudge, with folders of tests, points, validators of their own.</summary>
public sealed class IcpcPackageTests
{
    private static readonly (string, string)[] Grouped =
    [
        ("data/testdata.yaml", "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample"),
        ("data/sample/1.in", "s"), ("data/sample/1.ans", "s"),
        ("data/secret/small/testdata.yaml", "on_reject: break\naccept_score: 30\nrange: 0 30\ngrader_flags: min"),
        ("data/secret/small/01.in", "1"), ("data/secret/small/01.ans", "1"), ("data/secret/small/02.in", "2"), ("data/secret/small/02.ans", "2"),
        ("data/secret/large/testdata.yaml", "accept_score: 35\noutput_validator_flags: float_tolerance 1e-4"),
        ("data/secret/large/01.in", "3"), ("data/secret/large/01.ans", "3"), ("data/secret/large/02.in", "4"), ("data/secret/large/02.ans", "4"),
    ];

    [Fact]
    public async Task Make_ScoringPackage_HasItsGroupsAndPoints()
    {
        ProblemDraft draft = await Packages.ReadAsync([("problem.yaml", "name: Sum\ntype: scoring"), .. Grouped]);

        Assert.Equal(
            ["sample/1  0 False", "large/01 large 35 True", "large/02 large 35 True", "small/01 small  True", "small/02 small  True"],
            draft.Suite.Tests!.Select(test => $"{test.Id} {test.Group} {test.Points} {test.Hidden}"));
        Assert.Equal(["large sum ", "small minimum 30"], draft.Suite.Groups!.Select(group => $"{group.Id} {group.Scoring} {group.Points}"));
        Assert.Equal("group", draft.Suite.StopOn);
        Assert.Equal([null, "float", "float", null, null], draft.Suite.Tests!.Select(test => test.Checker?.Type));
        Assert.Equal("caseInsensitive", draft.Suite.Checker!.Type);
    }

    [Fact]
    public async Task Make_PassFailPackage_StopsAtTheFirstFailureAndHasNoGroups()
    {
        ProblemDraft draft = await Packages.ReadAsync([("problem.yaml", "name: Sum"), .. Grouped]);

        Assert.Equal(("firstFailure", null), (draft.Suite.StopOn, draft.Suite.Groups));
        Assert.All(draft.Suite.Tests!, test => Assert.Equal((null, null), (test.Group, test.Points)));
    }

    [Fact]
    public async Task Make_FoldersWithinAScoredOne_BelongToIt()
    {
        ProblemDraft draft = await Packages.ReadAsync(
            ("problem.yaml", "type: scoring"), ("data/secret/g/testdata.yaml", "grader_flags: min\naccept_score: 40"),
            ("data/secret/g/a/1.in", "1"), ("data/secret/g/a/1.ans", "1"), ("data/secret/g/b/1.in", "2"), ("data/secret/g/b/1.ans", "2"));

        Assert.Equal(("g", 40m, "minimum"), Assert.Single(draft.Suite.Groups!) is var only ? (only.Id, only.Points, only.Scoring) : default);
        Assert.Equal(["g/a/1 g", "g/b/1 g"], draft.Suite.Tests!.Select(test => $"{test.Id} {test.Group}"));
    }

    [Fact]
    public async Task Make_NewerScoringPackage_HasItsDependencies()
    {
        ProblemDraft draft = await Packages.ReadAsync(
            ("problem.yaml", "problem_format_version: 2023-07\nname: {en: Trees, sv: Träd}\ntype: [scoring]\nlimits:\n  time_limit: 1.5 # seconds\n  memory: 256\n  output: 8"),
            ("data/sample/1.in", "s"), ("data/sample/1.ans", "s"),
            ("data/secret/one/test_group.yaml", "max_score: 20\nscore_aggregation: pass-fail\nrequire_pass:\n  - sample"), ("data/secret/one/1.in", "1"), ("data/secret/one/1.ans", "1"),
            ("data/secret/two/test_group.yaml", "max_score: 80\nscore_aggregation: min\nrequire_pass: [secret/one]"), ("data/secret/two/1.in", "2"), ("data/secret/two/1.ans", "2"));

        Assert.Equal("Trees", draft.Title);
        Assert.Equal((1500L, 4000L, 256L, 8192L), (draft.Limits!["*"].CpuTimeMs, draft.Limits["*"].WallTimeMs, draft.Limits["*"].MemoryMb, draft.Limits["*"].OutputKb));
        Assert.Equal(
            ["sample sum  ", "one allOrNothing 20 sample", "two minimum 80 one"],
            draft.Suite.Groups!.Select(group => $"{group.Id} {group.Scoring} {group.Points} {string.Join(',', group.DependsOn!)}"));
    }

    [Fact]
    public async Task Make_WhatBelongsToATest_GoesWithIt()
    {
        SubmittedTest test = Assert.Single((await Packages.ReadAsync(
            ("problem.yaml", "name: Sum"), ("data/secret/1-sample.in", "1"), ("data/secret/1-sample.ans", "1"), ("data/secret/1-sample.args", "--fast 3\n"), ("data/secret/1-sample.desc", "the smallest\nof all"),
            ("data/secret/1-sample.files/lib/a.txt", "A"))).Suite.Tests!);

        Assert.Equal(("the smallest", true, "lib/a.txt"), (test.Name, test.Hidden, test.Files!.Single().Path));
        Assert.Equal(["--fast", "3"], test.Args!);
    }

    [Theory]
    [InlineData(".timelimit", "3\n", 3000)]
    [InlineData("domjudge-problem.ini", "name = 'Sum'\ntimelimit='2.5'\ncolor = #ff0000\n", 2500)]
    public async Task Make_TimeLimitsOfTheirOwnFiles_Count(string file, string content, long milliseconds)
        => Assert.Equal(milliseconds, (await Packages.ReadAsync(("problem.yaml", "name: Sum"), (file, content), ("data/secret/1.in", "1"), ("data/secret/1.ans", "1"))).Limits!["*"].CpuTimeMs);

    [Theory]
    [InlineData("output_validators/v.cpp", "int main(){}", "cpp", "v.cpp", "v.cpp validate.h")]
    [InlineData("output_validators/v/compare.cc", "int main(){}", "cpp", "compare.cc", "compare.cc validate.h")]
    [InlineData("output_validators/v/run", "#!/usr/bin/env python3\nimport sys", "python", "run.py", "run.py validate.h")]
    [InlineData("output_validators/v/run", "#!/bin/sh\nexit 42", "bash", "run.sh", "run.sh validate.h")]
    public async Task Make_OutputValidators_AreFilesOrFoldersWithARunOfTheirOwn(string path, string content, string language, string entry, string files)
    {
        SubmittedProgram program = (await Packages.ReadAsync(
            ("problem.yaml", "validation: custom score\nvalidator_flags: strict 3"), ("data/secret/1.in", "1"), ("data/secret/1.ans", "1"), (path, content), (path[..(path.LastIndexOf('/') + 1)] + "validate.h", "//"))).Suite.Checker!.Program!;

        Assert.Equal((language, entry, "icpc", files), (program.Language, program.Entry, program.Protocol, string.Join(' ', program.Files!.Select(file => file.Path))));
        Assert.Equal(["strict", "3"], program.Args!);
    }

    [Fact]
    public async Task Make_ValidatorsThatNothingAsksFor_AreLeftAlone()
        => Assert.Equal("caseInsensitive", (await Packages.ReadAsync(("problem.yaml", "validation: default"), ("data/secret/1.in", "1"), ("data/secret/1.ans", "1"), ("output_validators/v.py", "1"))).Suite.Checker!.Type);

    [Fact]
    public async Task Make_InteractivePackageWithoutAnswers_HasItsTests()
        => Assert.Null(Assert.Single((await Packages.ReadAsync(("problem.yaml", "validation: custom interactive"), ("data/secret/1.in", "1"), ("output_validators/v.py", "1"))).Suite.Tests!).Expected);

    [Theory]
    [InlineData("type: multi-pass", "", "multi-pass")]
    [InlineData("type: scoring", "grading: custom", "grading: custom")]
    [InlineData("type: scoring", "grader_flags: max", "max")]
    public async Task Make_WhatIsNotDoneHere_IsRefusedInWords(string yaml, string testdata, string why)
    {
        ArchiveRefusedException refused = await Assert.ThrowsAsync<ArchiveRefusedException>(
            () => Packages.ReadAsync(("problem.yaml", yaml), ("data/testdata.yaml", testdata), ("data/secret/1.in", "1"), ("data/secret/1.ans", "1")));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
