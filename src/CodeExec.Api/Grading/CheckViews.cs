using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Checks;

namespace CodeExec.Api.Grading;

/// <summary>The check of a version, for authors.</summary>
internal sealed record CheckView(
    string Id,
    ProblemVersion Problem,
    ProblemState State,
    CheckStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    int Errors,
    int Warnings,
    ExecutionError? Error,
    IReadOnlyList<FindingView> Findings,
    IReadOnlyList<CheckedTest> Tests,
    IReadOnlyList<CheckedSolution> Solutions)
{
    public static CheckView Of(ProblemCheck check, ProblemState state, CheckReport report) => new(
        check.Id,
        check.Problem,
        state,
        check.Status,
        check.CreatedAt,
        check.EndedAt,
        check.Errors,
        check.Warnings,
        check.Error,
        [.. report.Findings.Select(FindingView.Of)],
        report.Tests,
        report.Solutions);
}

internal sealed record FindingView(
    string Severity,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Test,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Program)
{
    public static FindingView Of(CheckFinding finding) => new(finding.IsError ? "error" : "warning", finding.Message, finding.Test, finding.Program);
}
