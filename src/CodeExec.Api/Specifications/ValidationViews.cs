using System.Text.Json.Serialization;
using CodeExec.Api.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Api.Specifications;

/// <summary>One implementation, checked once. Of hidden tests only an admin sees more than the verdict.</summary>
internal sealed record ValidationView(
    string Id,
    ValidationStatus Status,
    ComplianceResult? Result,
    double? Score,
    SubjectKind Kind,
    string? SpecificationId,
    string? TaskId,
    string? ChallengeId,
    int? Version,
    string Language,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    CoverageView? RequirementsCoverage,
    string? ExecutionId,
    string? ComparedWith,
    TestCosts? Costs,
    ErrorView? Error)
{
    /// <summary>From here on: not in lists, and only once it has completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RequirementComplianceView>? Requirements { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TestResultView>? TestResults { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleResultView>? RuleResults { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Suggestions { get; init; }

    public static ValidationView Abridged(ValidationRun run) => new(
        run.Id,
        run.Status,
        run.Summary?.Result,
        run.Summary?.Score,
        run.Subject.Kind,
        run.Subject.SpecificationId,
        run.Subject.TaskId,
        run.Subject.ChallengeId,
        run.Subject.Version,
        run.Language,
        run.CreatedAt,
        run.StartedAt,
        run.EndedAt,
        run.Summary is { } summary ? CoverageView.Of(summary.Coverage) : null,
        run.ExecutionId?.ToString(),
        run.ComparedWith,
        run.Summary?.Costs,
        run.Error is { } error ? new ErrorView(error.Type, error.Message) : null);

    public static ValidationView Whole(ValidationRun run, ComplianceReport? report, bool author) => report is null ? Abridged(run) : Abridged(run) with
    {
        Requirements = [.. report.Requirements.Select(RequirementComplianceView.Of)],
        TestResults = TestResultView.Of(report, author),
        RuleResults = RuleResultView.Of(report),
        Suggestions = report.Suggestions,
    };
}

internal sealed record ValidationListView(IReadOnlyList<ValidationView> Items, string? Cursor);

/// <param name="Covered">Requirements that were shown to be met.</param>
/// <param name="Missing">Ids of those that were not.</param>
internal sealed record CoverageView(int Total, int Covered, int Tested, double Percentage, IReadOnlyList<string> Missing)
{
    public static CoverageView Of(RequirementsCoverage coverage) => new(coverage.Total, coverage.Covered, coverage.Tested, coverage.Percentage, coverage.Missing);
}

internal sealed record RequirementComplianceView(
    string Id,
    string Text,
    RequirementPriority Priority,
    RequirementStatus Status,
    double Fraction,
    IReadOnlyList<string> Tests,
    IReadOnlyList<string> Rules,
    IReadOnlyList<CriterionComplianceView> AcceptanceCriteria)
{
    public static RequirementComplianceView Of(RequirementCompliance one) => new(
        one.Requirement.Id,
        one.Requirement.Text,
        one.Requirement.Priority,
        one.Status,
        one.Fraction,
        one.Tests,
        one.Rules,
        [.. one.Criteria.Select(criterion => new CriterionComplianceView(criterion.Criterion.Id, criterion.Criterion.Text, criterion.Status, criterion.Tests))]);
}

internal sealed record CriterionComplianceView(string Id, string Text, RequirementStatus Status, IReadOnlyList<string> Tests);

internal sealed record RuleResultView(string Id, ValidationRuleType Type, string Severity, bool Passed, string? Message, IReadOnlyList<string> RequirementIds)
{
    public static IReadOnlyList<RuleResultView> Of(ComplianceReport report) => [.. report.Rules.Select(one => new RuleResultView(
        one.Rule.Id, one.Rule.Type, one.Rule.IsWarning ? "warning" : "error", one.Passed, one.Message, one.Rule.RequirementIds))];
}

/// <param name="Status">"passed", "failed" or "skipped".</param>
internal sealed record TestResultView(
    string Id,
    string? Name,
    string Status,
    Verdict Verdict,
    bool Hidden,
    IReadOnlyList<string> RequirementIds,
    double WallMs,
    double CpuMs,
    long MemoryBytes,
    int? ExitCode,
    int? Signal,
    string? Stdout,
    string? Stderr,
    string? Diff,
    string? Message,
    string? ExecutionId,
    string? ReusedFrom)
{
    public static IReadOnlyList<TestResultView> Of(ComplianceReport report, bool author) => [.. report.Tests.Select(test => Of(author ? test : test.ForSubmitter()))];

    private static TestResultView Of(ValidatedTest test) => new(
        test.Result.Id,
        test.Result.Name,
        test.Passed ? "passed" : test.Result.Verdict.IsNotTheSubmitters() ? "skipped" : "failed",
        test.Result.Verdict,
        test.Result.Hidden,
        test.Result.RequirementIds,
        test.Result.WallMs,
        test.Result.CpuMs,
        test.Result.MemoryBytes,
        test.Result.ExitCode,
        test.Result.Signal,
        test.Result.Stdout,
        test.Result.Stderr,
        test.Result.Diff,
        test.Result.Message,
        test.ExecutionId,
        test.ReusedFrom);
}
