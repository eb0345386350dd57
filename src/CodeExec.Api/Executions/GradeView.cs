using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Overriding;

namespace CodeExec.Api.Executions;

/// <summary>One test, as it is shown. Of a hidden one only an admin sees more than verdict, points and cost.</summary>
internal sealed record TestView(
    string Id,
    string? Name,
    string? Group,
    bool Hidden,
    Verdict Verdict,
    decimal Points,
    decimal MaxPoints,
    double WallMs,
    double CpuMs,
    long MemoryBytes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Signal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResourceLimit? Limit { get; init; }

    /// <summary>The beginning of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stdout { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stderr { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StdoutBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StderrBytes { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory beside it are then averages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunView>? Runs { get; init; }

    /// <summary>Of the run that took most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PeakMemoryBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Diff { get; init; }

    /// <summary>The beginning of what was said with an interactor: "&lt; " before its lines, "&gt; " before the program's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transcript { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>For admins: what a checker or interactor said to judges.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JudgeMessage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RequirementIds { get; init; }

    /// <param name="whole">For an author; else what a submitter may see.</param>
    public static TestView Of(TestResult result, bool whole)
    {
        TestResult shown = whole ? result : result.ForSubmitter();
        return new TestView(
            shown.Id, shown.Name, shown.Group, shown.Hidden, shown.Verdict, shown.Points, shown.MaxPoints, shown.WallMs, shown.CpuMs, shown.MemoryBytes)
        {
            ExitCode = shown.ExitCode,
            Signal = shown.Signal,
            Limit = shown.Limit,
            Stdout = shown.Stdout,
            Stderr = shown.Stderr,
            StdoutBytes = shown.StdoutBytes,
            StderrBytes = shown.StderrBytes,
            Runs = RunView.Of(shown.Runs),
            PeakMemoryBytes = RunView.PeakOf(shown.Runs),
            Diff = shown.Diff,
            Transcript = shown.Transcript,
            Message = shown.Message,
            JudgeMessage = shown.JudgeMessage,
            RequirementIds = shown.RequirementIds.Count > 0 ? shown.RequirementIds : null,
        };
    }
}

/// <summary>What all tests came to, beside the verdict and the score of their execution.</summary>
internal sealed record GradeView(
    int Passed,
    int Total,
    string? FirstFailure,
    IReadOnlyDictionary<string, int> Verdicts,
    IReadOnlyList<GroupView> Groups,
    ProblemVersion? Problem)
{
    /// <summary>Only some of the tests were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partial { get; init; }

    /// <summary>Where the score was given by hand: what it would be else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? ComputedScore { get; init; }

    /// <summary>Who gave it, and why; the last one counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OverrideView>? Overrides { get; init; }

    public static GradeView Of(Grade grade) => new(
        grade.Score.Passed,
        grade.Score.Total,
        grade.Score.FirstFailure,
        grade.Score.Verdicts.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.Name(), pair => pair.Value),
        [.. grade.Score.Groups.Select(group => new GroupView(group.Id, group.Name, group.Verdict, group.Score, group.MaxScore, group.Passed, group.Total))],
        grade.Problem)
    {
        Partial = grade.IsPart,
        ComputedScore = grade.Overrides is [.., { Points: not null }] ? grade.Score.Points : null,
        Overrides = OverrideView.Of(grade.Overrides),
    };
}

internal sealed record GroupView(string Id, string? Name, Verdict Verdict, decimal Score, decimal MaxScore, int Passed, int Total);

/// <param name="Score">Null: the computed one was to count again.</param>
internal sealed record OverrideView(decimal? Score, string Reason, string By, DateTimeOffset At)
{
    /// <returns>Null if there are none.</returns>
    public static IReadOnlyList<OverrideView>? Of(IReadOnlyList<GradeOverride> overrides)
        => overrides.Count == 0 ? null : [.. overrides.Select(one => new OverrideView(one.Points, one.Reason, one.By, one.At))];
}
