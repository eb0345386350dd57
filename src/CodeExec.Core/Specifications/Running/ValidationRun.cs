using System.Text.Json.Serialization;
using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Running;

/// <summary>One implementation, checked once: the facts that lists and numbers need. Its request and its report stand in blobs.</summary>
public sealed record ValidationRun
{
    public required string Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ValidationSubject Subject { get; init; }

    public required ValidationStatus Status { get; init; }

    public required string Language { get; init; }

    /// <summary>Whose it is, where that was said.</summary>
    public string? Student { get; init; }

    /// <summary>The attempt of its student that it is, where attempts are counted.</summary>
    public CountedAttempt? Attempt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What runs its tests; null when none had to be run.</summary>
    public ExecutionId? ExecutionId { get; init; }

    /// <summary>The earlier run whose results are reused where nothing has changed.</summary>
    public string? ComparedWith { get; init; }

    public bool StopRequested { get; init; }

    public ValidationSummary? Summary { get; init; }

    public ExecutionError? Error { get; init; }

    /// <summary>Scores by hand, oldest first; the last one counts.</summary>
    public IReadOnlyList<GradeOverride> Overrides { get; init; } = [];

    /// <summary>The score that counts.</summary>
    [JsonIgnore]
    public double? Score => Overrides is [.., { Points: { } given }] ? (double)given : Summary?.Score;
}

/// <summary>A report in numbers.</summary>
/// <param name="Unmet">Ids of requirements that something checked and that are not met.</param>
public sealed record ValidationSummary(
    ComplianceResult Result,
    double Score,
    RequirementsCoverage Coverage,
    IReadOnlyList<string> Unmet,
    int TestsPassed,
    int Tests,
    int TestsReused,
    IReadOnlyDictionary<string, int> Verdicts,
    IReadOnlyList<string> BrokenRules,
    TestCosts Costs)
{
    public static ValidationSummary Of(ComplianceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(
            report.Result,
            report.Score,
            report.Coverage,
            [.. report.Requirements.Where(one => one.Status is RequirementStatus.Failed or RequirementStatus.Partial).Select(one => one.Requirement.Id)],
            report.Tests.Count(test => test.Passed),
            report.Tests.Count,
            report.Tests.Count(test => test.ReusedFrom is not null),
            report.Tests.GroupBy(test => Grading.Verdicts.Name(test.Result.Verdict)).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal),
            [.. report.Rules.Where(rule => !rule.Passed).Select(rule => rule.Rule.Id)],
            report.Costs);
    }
}
