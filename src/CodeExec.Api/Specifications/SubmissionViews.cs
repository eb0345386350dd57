using System.Text.Json.Serialization;
using CodeExec.Api.Executions;
using CodeExec.Api.Grading;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Api.Specifications;

/// <summary>A solution of a challenge.</summary>
/// <param name="Status">"pending", "running", "passed", "partial", "failed", "error" or "cancelled".</param>
/// <param name="ExecutionTime">Milliseconds, of all tests.</param>
/// <param name="MemoryUsage">Bytes, of the test that took most.</param>
/// <param name="Output">Of the first test that failed, or else of the first; of one that is not hidden.</param>
/// <param name="Error">What the compiler or that program said.</param>
internal sealed record ChallengeSubmissionView(
    string Id,
    string ChallengeId,
    string? Code,
    string Language,
    string Status,
    long? ExecutionTime,
    long? MemoryUsage,
    string? Output,
    string? Error,
    SpecComplianceView? SpecCompliance,
    IReadOnlyList<string> RequirementsMet,
    IReadOnlyList<TestResultView> TestResults,
    IReadOnlyList<string> Suggestions,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>From 0 to 100: the part of the requirements' weights that was shown to hold, or what a person gave.</summary>
    public double? Score { get; init; }

    /// <summary>Where the score was given by hand: what it would be else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ComputedScore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OverrideView>? Overrides { get; init; }

    /// <summary>What runs its tests, to be watched; null until that has begun, and when none had to be run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExecutionId { get; init; }

    /// <summary>Whose it is, where that was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Student { get; init; }

    /// <summary>In the answer to a submission: where its student then stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttemptStandingView? Attempts { get; init; }

    public static ChallengeSubmissionView Of(ValidationRun run, ValidationRequest? request, ComplianceReport? report, bool author)
    {
        IReadOnlyList<TestResultView> tests = report is null ? [] : TestResultView.Of(report, author);
        TestResultView? shown = tests.FirstOrDefault(test => test is { Hidden: false, Status: "failed" }) ?? tests.FirstOrDefault(test => !test.Hidden);
        return new(
            run.Id,
            run.Subject.ChallengeId ?? "",
            request is null ? null : CodeOf(request.Program),
            run.Language,
            run.Status == ValidationStatus.Running ? "running" : TaskVerificationView.StatusOf(run),
            run.Summary is { } summary ? (long)Math.Ceiling(summary.Costs.TotalWallMs) : null,
            run.Summary?.Costs.PeakMemoryBytes,
            shown?.Stdout,
            run.Error?.Message ?? (shown is { Status: "failed" } ? (shown.Stderr is { Length: > 0 } stderr ? stderr : shown.Message) : null),
            report is null ? null : SpecComplianceView.Of(report),
            report is null ? [] : [.. report.Requirements.Where(one => one.Status == RequirementStatus.Met).Select(one => one.Requirement.Id)],
            tests,
            report?.Suggestions ?? [],
            run.CreatedAt,
            run.EndedAt)
        {
            Score = run.Score,
            ComputedScore = run.Overrides is [.., { Points: not null }] ? run.Summary?.Score : null,
            Overrides = OverrideView.Of(run.Overrides),
            ExecutionId = run.ExecutionId?.ToString(),
            Student = run.Student,
        };
    }

    public static string? CodeOf(Submission program)
        => program.Code ?? program.Files?.FirstOrDefault(file => file.Path == program.Entry)?.Content ?? program.Files?.FirstOrDefault(file => file.Encoding is null or "utf8")?.Content;
}

internal sealed record ChallengeSubmissionListView(IReadOnlyList<ChallengeSubmissionView> Items, string? Cursor);

internal sealed record SpecComplianceView(
    ComplianceResult Result, double Score, CoverageView RequirementsCoverage, IReadOnlyList<RequirementComplianceView> Requirements, IReadOnlyList<RuleResultView> RuleResults)
{
    public static SpecComplianceView Of(ComplianceReport report) => new(
        report.Result, report.Score, CoverageView.Of(report.Coverage), [.. report.Requirements.Select(RequirementComplianceView.Of)], RuleResultView.Of(report));
}

/// <summary>An implementation of a specification, with its code.</summary>
/// <param name="ProjectId">The specification.</param>
internal sealed record ImplementationView(
    string Id, string ProjectId, string? TaskId, string? Code, string Language, string ValidationStatus, IReadOnlyList<TestResultView> TestResults, double? Score, DateTimeOffset CreatedAt)
{
    public static ImplementationView Of(ValidationRun run, ValidationRequest? request, ComplianceReport? report, bool author) => new(
        run.Id,
        run.Subject.SpecificationId ?? "",
        run.Subject.TaskId,
        request is null ? null : ChallengeSubmissionView.CodeOf(request.Program),
        run.Language,
        TaskVerificationView.StatusOf(run),
        report is null ? [] : TestResultView.Of(report, author),
        run.Summary?.Score,
        run.CreatedAt);
}

internal sealed record ImplementationListView(IReadOnlyList<ImplementationView> Items, string? Cursor);
