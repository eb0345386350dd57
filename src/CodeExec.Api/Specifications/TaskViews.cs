using System.Text.Json.Serialization;
using CodeExec.Api.Executions;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Api.Specifications;

/// <summary>How a task stands, by one run.</summary>
/// <param name="Status">"passed", "failed" or "partial"; "pending" while it is not known, "error" if we could not find out, "cancelled".</param>
internal sealed record TaskVerificationView(
    string TaskId,
    string Status,
    CoverageView? RequirementsCoverage,
    IReadOnlyList<TestResultView> TestResults,
    IReadOnlyList<string> Suggestions,
    string ValidationId,
    double? Score,
    ErrorView? Error)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleResultView>? RuleResults { get; init; }

    public static TaskVerificationView Of(string taskId, ValidationRun run, ComplianceReport? report, bool author) => new(
        taskId,
        StatusOf(run),
        run.Summary is { } summary ? CoverageView.Of(summary.Coverage) : null,
        report is null ? [] : TestResultView.Of(report, author),
        report?.Suggestions ?? [],
        run.Id,
        run.Summary?.Score,
        run.Error is { } error ? new ErrorView(error.Type, error.Message) : null)
    {
        RuleResults = report is { Rules.Count: > 0 } ? RuleResultView.Of(report) : null,
    };

    public static string StatusOf(ValidationRun run) => run switch
    {
        { Status: ValidationStatus.Completed, Summary.Result: ComplianceResult.Passed } => "passed",
        { Status: ValidationStatus.Completed, Summary.Result: ComplianceResult.Partial } => "partial",
        { Status: ValidationStatus.Completed } => "failed",
        { Status: ValidationStatus.Failed } => "error",
        { Status: ValidationStatus.Cancelled } => "cancelled",
        _ => "pending",
    };
}

internal sealed record TaskTestsView(string TaskId, string Status, int Total, int Passed, int Failed, int Skipped, IReadOnlyList<TestResultView> TestResults, string ValidationId)
{
    public static TaskTestsView Of(string taskId, ValidationRun run, ComplianceReport? report, bool author)
    {
        IReadOnlyList<TestResultView> tests = report is null ? [] : TestResultView.Of(report, author);
        return new(
            taskId,
            TaskVerificationView.StatusOf(run),
            tests.Count,
            tests.Count(test => test.Status == "passed"),
            tests.Count(test => test.Status == "failed"),
            tests.Count(test => test.Status == "skipped"),
            tests,
            run.Id);
    }
}

/// <summary>How a task stands now, and how it came to that.</summary>
/// <param name="Status">As of a verification; "notVerified" before the first.</param>
/// <param name="Verified">The newest run that came to an end passed.</param>
internal sealed record TaskStatusView(
    string TaskId, string Status, bool Verified, DateTimeOffset? VerifiedAt, CoverageView? RequirementsCoverage, string? ValidationId, string? SpecificationId, IReadOnlyList<ValidationView> History);
