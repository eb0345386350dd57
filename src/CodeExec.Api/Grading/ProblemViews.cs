using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Api.Grading;

/// <summary>A problem as its submitters see it: what is hidden is counted and not shown.</summary>
internal sealed record GradedProblemView(
    string Id,
    int Version,
    string Title,
    string? Statement,
    IReadOnlyList<string>? Languages,
    IReadOnlyDictionary<string, ProblemLimitsView> Limits,
    IReadOnlyDictionary<string, string> Labels,
    int TestCount,
    int HiddenCount,
    decimal MaxScore,
    DateTimeOffset CreatedAt,
    ProblemState State)
{
    /// <summary>Of problems that count attempts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttemptRulesView? Attempts { get; init; }

    /// <summary>For authors: where the check of this version is told of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CheckUrl { get; init; }

    /// <summary>For authors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckerView>? Validators { get; init; }

    /// <summary>For authors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckerView>? Generators { get; init; }

    /// <summary>For authors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SolutionView>? Solutions { get; init; }

    /// <summary>Not in lists. For an admin all tests, for others those that are not hidden.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemTestView>? Tests { get; init; }

    /// <summary>Of problems that have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, Harness>? Harness { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemGroupView>? Groups { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckerView? Checker { get; init; }

    /// <summary>For authors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckerView? Interactor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StopOn? StopOn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Parallel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InputFile { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutputFile { get; init; }

    public static GradedProblemView Of(Problem problem) => new(
        problem.Id,
        problem.Version,
        problem.Title,
        problem.Statement,
        problem.Languages,
        problem.Limits.ToDictionary(pair => pair.Key, pair => ProblemLimitsView.Of(pair.Value)),
        problem.Labels,
        problem.Tests.Count,
        problem.Tests.Hidden,
        problem.Tests.MaxScore,
        problem.CreatedAt,
        problem.State)
    {
        Attempts = AttemptRulesView.Of(problem.Attempts),
    };

    public static GradedProblemView Of(Problem problem, TestSuite suite, AuthorKit kit) => Of(problem, suite, author: true) with
    {
        CheckUrl = problem.CheckId is null ? null : $"/api/problems/{problem.Id}/check?version={problem.Version}",
        Validators = kit.Validators.Count > 0 ? [.. kit.Validators.Select(CheckerView.Of)] : null,
        Generators = kit.Generators.Count > 0 ? [.. kit.Generators.Select(CheckerView.Of)] : null,
        Solutions = kit.Solutions.Count > 0 ? [.. kit.Solutions.Select(SolutionView.Of)] : null,
    };

    public static GradedProblemView Of(Problem problem, TestSuite suite, bool author) => Of(problem) with
    {
        Tests = [.. suite.Tests.Where(test => author || !test.Hidden).Select(test => ProblemTestView.Of(problem, test, author) with { Checker = test.Checker is { } own ? ShownChecker(own, suite, author) : null })],
        Harness = problem.Harness.Count > 0 ? problem.Harness : null,
        Groups = [.. suite.Groups.Select(group => new ProblemGroupView(group.Id, group.Name, group.Points, group.Scoring, group.DependsOn))],
        Checker = ShownChecker(suite.Checker, suite, author),
        Interactor = author && IsBesideCheckers(suite, out JudgeProgram? interactor) ? CheckerView.Of(interactor, type: null) : null,
        StopOn = suite.StopOn,
        Parallel = suite.Parallel,
        InputFile = suite.InputFile,
        OutputFile = suite.OutputFile,
    };

    /// <returns>What stands beside the interactor, where that has a place of its own.</returns>
    private static CheckerView? ShownChecker(CheckerSpec checker, TestSuite suite, bool author)
        => author && checker is CheckerSpec.Interactor interactor && IsBesideCheckers(suite, out _)
            ? interactor.Then is { } then ? CheckerView.Of(then, author) : null
            : CheckerView.Of(checker, author);

    // An interactor that is one checker among others can not be shown beside them: it would speak in every test.
    private static bool IsBesideCheckers(TestSuite suite, [NotNullWhen(true)] out JudgeProgram? interactor)
    {
        interactor = suite.Tests.All(test => test.Checker is null or CheckerSpec.Interactor) ? (suite.Checker as CheckerSpec.Interactor)?.Judge : null;
        return interactor is not null;
    }
}

internal sealed record ProblemListView(IReadOnlyList<GradedProblemView> Items, string? Cursor);

internal sealed record ProblemLimitsView(
    long? WallTimeMs, long? CpuTimeMs, long? MemoryMb, long? Processes, long? OutputKb, long? WorkspaceMb, long? StackKb, long? FileSizeKb, long? OpenFiles, double? Cpus, long? GraceMs)
{
    public static ProblemLimitsView Of(SubmittedLimits limits) => new(
        limits.WallTimeMs,
        limits.CpuTimeMs,
        limits.MemoryMb,
        limits.Processes,
        limits.OutputKb,
        limits.WorkspaceMb,
        limits.StackKb,
        limits.FileSizeKb,
        limits.OpenFiles,
        limits.Cpus,
        limits.GraceMs);

    public static ProblemLimitsView Of(ResourceLimits limits) => new(
        limits.WallTimeMs,
        limits.CpuTimeMs,
        limits.MemoryMb,
        limits.Processes,
        limits.OutputKb,
        limits.WorkspaceMb,
        limits.StackKb,
        limits.FileSizeKb,
        limits.OpenFiles,
        limits.Cpus,
        limits.GraceMs);
}

internal sealed record ProblemGroupView(string Id, string? Name, decimal? Points, GroupScoring Scoring, IReadOnlyList<string> DependsOn);

internal sealed record TestRecipeView(
    string Generator,
    IReadOnlyList<string> Args,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Seed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File);

/// <param name="Stdin">Null where it is too long to stand here, or no text: get it from its url.</param>
internal sealed record ProblemTestView(
    string Id, string? Name, string? Group, bool Hidden, decimal Points, string? Stdin, string? Expected, long StdinBytes, long? ExpectedBytes, string StdinUrl, string? ExpectedUrl)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Args { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RequirementIds { get; init; }

    /// <summary>For authors: what makes its input.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TestRecipeView? Generate { get; init; }

    /// <summary>For authors: "solution" where the main solution says what is expected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExpectedFrom { get; init; }

    /// <summary>In place of the problem's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckerView? Checker { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemLimitsView? Limits { get; init; }

    /// <summary>Without a content where that is too long to stand here, or no text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    public static ProblemTestView Of(Problem problem, GradedTest test, bool author)
    {
        string url = $"/api/problems/{problem.Id}/data?version={problem.Version}&test={Uri.EscapeDataString(test.Id)}&part=";
        return new ProblemTestView(
            test.Id,
            test.Name,
            test.Group,
            test.Hidden,
            test.Points,
            author && test.Generate is not null ? null : Text(test.Stdin),
            test.Expected is { } expected && !(author && test.AnswerMade == true) ? Text(expected) : null,
            test.Stdin.SizeBytes,
            test.Expected?.SizeBytes,
            url + "stdin",
            test.Expected is null ? null : url + "expected")
        {
            Generate = author && test.Generate is { } recipe ? new TestRecipeView(recipe.Generator, recipe.Args, recipe.Seed, recipe.File) : null,
            ExpectedFrom = author && test.AnswerMade == true ? "solution" : null,
            Args = test.Args.Count > 0 ? test.Args : null,
            RequirementIds = test.RequirementIds.Count > 0 ? test.RequirementIds : null,
            Limits = test.Limits is { } limits ? ProblemLimitsView.Of(limits) : null,
            Files = test.Files.Count > 0 ? [.. test.Files.Select(file => new SubmittedFile(file.Path, Text(file.Content)))] : null,
        };
    }

    private static string? Text(TestData data) => data.Inline is { } bytes && OutputText.IsExact(bytes) ? OutputText.Decode(bytes) : null;
}
