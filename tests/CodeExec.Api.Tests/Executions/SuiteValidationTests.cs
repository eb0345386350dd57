using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Tests.Executions;

/// <summary>What is wrong with tests is said by field, all at once.</summary>
public sealed class SuiteValidationTests
{
    private static readonly SubmissionValidator Validator = new(
        KnownLanguages.Catalog,
        KnownLanguages.Installed,
        new ContainerProviders([new FakeProvider("cells")]),
        new PlainSecretProtector(),
        Options.Create(new SubmissionCeilings()),
        Options.Create(new GradingOptions { Tests = 5, TestBytes = 1024 }), TimeProvider.System);

    [Fact]
    public void TryValidate_TestsWithEverything_AreTakenAsTheyWereSent()
    {
        ExecutionSpec spec = Accept(new SubmittedSuite
        {
            Tests =
            [
                new SubmittedTest { Stdin = new("a"), Expected = new("AAE=", "base64") },
                new SubmittedTest
                {
                    Id = "b", Name = "B", Points = 2.5m, Group = "g", Hidden = true, Args = ["x"], RequirementIds = ["REQ-1"], Limits = new() { CpuTimeMs = 100 },
                    Checker = new() { Type = "regex", Pattern = "^a" }, Files = [new("d/e", "00ff", "hex")],
                },
            ],
            Groups = [new SubmittedGroup { Id = "g", Points = 5, Scoring = "minimum" }],
            Checker = new() { Type = "float", Relative = 1e-6 },
            StopOn = "group",
        });

        TestSuite suite = spec.Grading!.Suite!;
        Assert.Equal(["1", "b"], suite.Tests.Select(test => test.Id));
        Assert.Equal([0, 1], suite.Tests[0].Expected!.Inline!);
        Assert.Equal([0, 255], suite.Tests[1].Files[0].Content.Inline!);
        Assert.Equal((100, spec.Limits.MemoryMb), (suite.Tests[1].LimitsFrom(spec.Limits).CpuTimeMs, suite.Tests[1].LimitsFrom(spec.Limits).MemoryMb));
        Assert.Equal(new CheckerSpec.Floats(0, 1e-6), suite.CheckerOf(suite.Tests[0]));
        Assert.Equal(new CheckerSpec.Regex("^a"), suite.CheckerOf(suite.Tests[1]));
        Assert.Equal(StopOn.Group, suite.StopOn);
    }

    public static TheoryData<string, SubmittedSuite> Wrong { get; } = new()
    {
        { "tests", new() { Tests = [] } },
        { "tests", new() { Tests = [.. Enumerable.Repeat(new SubmittedTest(), 6)] } },
        { "tests", Suite(new() { Id = "a" }, new() { Id = "a" }) },
        { "tests[0].id", Suite(new() { Id = "a b" }) },
        { "tests[0].id", Suite(new() { Id = new string('a', 65) }) },
        { "tests[1].stdin", Suite(new(), new() { Stdin = new(new string('a', 1025)) }) },
        { "tests[0].stdin", Suite(new() { Stdin = new("\ud800") }) },
        { "tests[0].expected", Suite(new() { Expected = new("!", "base64") }) },
        { "tests[0].stdin.encoding", Suite(new() { Stdin = new("a", "rot13") }) },
        { "tests[0].points", Suite(new() { Points = -1 }) },
        { "tests[0].limits.memoryMb", Suite(new() { Limits = new() { MemoryMb = 0 } }) },
        { "tests[0].args[0]", Suite(new() { Args = ["a\0"] }) },
        { "tests[0].files[0].path", Suite(new() { Files = [new("../x", "")] }) },
        { "tests[0].files[0].content", Suite(new() { Files = [new("x", null)] }) },
        { "tests[0].files", Suite(new() { Files = [new("x", ""), new("x", "")] }) },
        { "tests[0].checker.type", Suite(new() { Checker = new() { Type = "magic" } }) },
        { "tests[0].checker", Suite(new() { Checker = new() { Type = "float" } }) },
        { "tests[0].checker", Suite(new() { Checker = new() { Type = "program" } }) },
        { "tests[0].checker.pattern", Suite(new() { Checker = new() { Type = "regex", Pattern = "(" } }) },
        { "tests[0].checker.pattern", Suite(new() { Checker = new() { Type = "regex", Pattern = "(((((a?){50}){50}){50}){50}){50}" } }) },
        { "tests[0].checker.pattern", Suite(new() { Checker = new() { Type = "exact", Pattern = "a" }, Expected = new("") }) },
        { "tests[0].expected", Suite(new() { Checker = new() { Type = "tokens" } }) },
        { "tests[0].expected", Suite(new() { Checker = new() { Type = "json" }, Expected = new("{") }) },
        { "tests[0].checker.language", Suite(new() { Checker = new() { Type = "program", Program = new() { Language = "klingon", Code = "1" } } }) },
        { "tests[0].checker.code", Suite(new() { Checker = new() { Type = "program", Program = new() { Language = "python" } } }) },
        { "tests[0].checker", Suite(new() { Checker = new() { Type = "interactor" } }) },
        { "interactor.language", new() { Tests = [new()], Interactor = new() { Language = "klingon", Code = "1" } } },
        { "interactor.protocol", new() { Tests = [new()], Interactor = new() { Language = "python", Code = "1", Protocol = "smtp" } } },
        { "interactor.limits.memoryMb", new() { Tests = [new()], Interactor = new() { Language = "python", Code = "1", Limits = new() { MemoryMb = 0 } } } },
        { "checker", new() { Tests = [new()], Interactor = new() { Language = "python", Code = "1" }, Checker = new() { Type = "interactor", Program = new() { Language = "python", Code = "1" } } } },
        { "tests[0].expected", new() { Tests = [new() { Checker = new() { Type = "tokens" } }], Interactor = new() { Language = "python", Code = "1" } } },
        { "checker.type", new() { Tests = [new()], Checker = new() } },
        { "stopOn", new() { Tests = [new()], StopOn = "sometimes" } },
        { "groups[0].scoring", new() { Tests = [new()], Groups = [new() { Id = "a", Scoring = "luck" }] } },
        { "groups[0].dependsOn", new() { Tests = [new()], Groups = [new() { Id = "a", DependsOn = ["b"] }] } },
        { "groups[0].dependsOn", new() { Tests = [new()], Groups = [new() { Id = "a", DependsOn = ["b"] }, new() { Id = "b", DependsOn = ["a"] }] } },
        { "groups", new() { Tests = [new()], Groups = [new() { Id = "a" }, new() { Id = "a" }] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void TryValidate_WrongTests_AreRefusedAtTheirField(string field, SubmittedSuite suite)
    {
        Assert.False(Validator.TryValidate(new Submission { Language = "python", Code = "1", Suite = suite }, out _, out IReadOnlyDictionary<string, string[]> errors));
        Assert.Equal([field], errors.Keys);
    }

    [Fact]
    public void TryValidate_Interactor_HasTheCheckersBehindIt()
    {
        SubmittedProgram interactor = new() { Language = "python", Code = "1", Protocol = "icpc" };
        TestSuite suite = Accept(new SubmittedSuite
        {
            Tests = [new(), new() { Checker = new() { Type = "exact" }, Expected = new("a") }],
            Interactor = interactor,
        }).Grading!.Suite!;

        CheckerSpec.Interactor first = Assert.IsType<CheckerSpec.Interactor>(suite.CheckerOf(suite.Tests[0])), second = Assert.IsType<CheckerSpec.Interactor>(suite.CheckerOf(suite.Tests[1]));
        Assert.Equal((null, new CheckerSpec.Exact()), (first.Then, second.Then));
        Assert.Same(first.Judge, second.Judge);
        Assert.Equal((JudgeProtocol.Icpc, new SubmissionCeilings().OutputKb), (first.Judge.Protocol, first.Judge.Limits.OutputKb));

        TestSuite alone = Accept(new SubmittedSuite { Tests = [new()], Checker = new() { Type = "interactor", Program = interactor } }).Grading!.Suite!;
        Assert.Null(Assert.IsType<CheckerSpec.Interactor>(alone.CheckerOf(alone.Tests[0])).Then);
    }

    [Theory]
    [InlineData("stdin")]
    [InlineData("args")]
    [InlineData("artifacts")]
    public void TryValidate_TestsBesideWhatEachTestHas_AreRefused(string field)
    {
        Submission submission = new()
        {
            Language = "python",
            Code = "1",
            Suite = Suite(new SubmittedTest()),
            Stdin = field == "stdin" ? "" : null,
            Args = field == "args" ? ["a"] : null,
            Artifacts = field == "artifacts" ? ["a"] : null,
        };

        Assert.False(Validator.TryValidate(submission, out _, out IReadOnlyDictionary<string, string[]> errors));
        Assert.Equal([field], errors.Keys);
    }

    [Fact]
    public void TryValidate_SomeOfTheTests_MustBeThere()
    {
        Submission submission = new() { Language = "python", Code = "1", Suite = Suite(new() { Id = "a" }, new() { Id = "b", Hidden = true }) };

        Assert.True(Validator.TryValidate(submission with { TestIds = ["b"] }, out ExecutionSpec? spec, out _));
        Assert.Equal(["b"], spec.Grading!.Selection!.Ids!);
        Assert.True(Validator.TryValidate(submission with { Samples = false }, out spec, out _));
        Assert.Null(spec.Grading!.Selection);

        Assert.Equal(["testIds[1]"], Errors(submission with { TestIds = ["a", "c"] }, null));
        Assert.Equal(["testIds"], Errors(submission with { TestIds = [] }, null));
        Assert.Equal(["testIds"], Errors(submission with { TestIds = ["a"], Samples = true }, null));
        Assert.Equal(["testIds"], Errors(submission with { TestIds = ["a"], Suite = null }, null));
        Assert.Equal(["samples"], Errors(submission with { Samples = true, Suite = Suite(new SubmittedTest { Hidden = true }) }, null));
    }

    [Fact]
    public void TryValidate_ProblemWithAHarness_LaysItAroundTheCode()
    {
        Problem problem = new()
        {
            Id = "p",
            Version = 1,
            Title = "P",
            Harness = new Dictionary<string, Harness> { ["python"] = new("solution.py", "run.py", [new("run.py", "import solution")]) },
            CreatedAt = default,
            SuiteBlob = "problems/default/p/suites/1",
            Fingerprint = "",
            Tests = new(1, 0, 1, 0),
        };
        Submission submission = new() { Language = "python", Code = "x", Problem = new("p") };

        Assert.True(Validator.TryValidate(submission, problem, out ExecutionSpec? spec, out _));
        Assert.Equal(("run.py", "run.py solution.py"), (spec.Entry, string.Join(' ', spec.Files.Select(file => file.Path).Order(StringComparer.Ordinal))));
        Assert.True(Validator.TryValidate(submission with { Code = null, Files = [new("solution.py", "y")] }, problem, out _, out _));

        Assert.Equal(["code"], Errors(submission with { Code = null }, problem));
        Assert.Equal(["entry"], Errors(submission with { Entry = "solution.py" }, problem));
        Assert.Contains("files[0].path", Errors(submission with { Files = [new("run.py", "print('all right')")] }, problem));
    }

    [Fact]
    public void TryValidate_Problem_SetsItsLimitsAndNobodyElseDoes()
    {
        Problem problem = new()
        {
            Id = "p",
            Version = 3,
            Title = "P",
            Languages = ["python"],
            Limits = new Dictionary<string, SubmittedLimits> { ["*"] = new() { CpuTimeMs = 1 }, ["python"] = new() { CpuTimeMs = 777 } },
            CreatedAt = default,
            SuiteBlob = "problems/default/p/suites/1",
            Fingerprint = "",
            Tests = new(1, 1, 1, 0),
        };
        Submission submission = new() { Language = "python", Code = "1", Problem = new("p") };

        Assert.True(Validator.TryValidate(submission, problem, out ExecutionSpec? spec, out _));
        Assert.Equal((777, new ProblemVersion("p", 3), problem.SuiteBlob), (spec.Limits.CpuTimeMs, spec.Grading!.Problem, spec.Grading.SuiteBlob));

        Assert.Equal(["limits"], Errors(submission with { Limits = new() }, problem));
        Assert.Equal(["compileArgs"], Errors(submission with { CompileArgs = ["-O3"] }, problem));
        Assert.Equal(["network"], Errors(submission with { Network = "full" }, problem));
        Assert.Equal(["tests"], Errors(submission with { Suite = Suite(new SubmittedTest()) }, problem));
        Assert.Equal(["language"], Errors(submission, problem with { Languages = ["cpp"] }));
        Assert.Equal(["problem"], Errors(submission, null));
    }

    private static IEnumerable<string> Errors(Submission submission, Problem? problem)
    {
        Assert.False(Validator.TryValidate(submission, problem, out _, out IReadOnlyDictionary<string, string[]> errors));
        return errors.Keys;
    }

    private static ExecutionSpec Accept(SubmittedSuite suite)
    {
        Assert.True(Validator.TryValidate(new Submission { Language = "python", Code = "1", Suite = suite }, out ExecutionSpec? spec, out _));
        return spec;
    }

    private static SubmittedSuite Suite(SubmittedTest test) => new() { Tests = [test] };

    private static SubmittedSuite Suite(SubmittedTest one, SubmittedTest other) => new() { Tests = [one, other] };
}
