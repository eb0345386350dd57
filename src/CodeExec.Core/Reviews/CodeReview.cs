using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

public sealed record CodeReview
{
    /// <summary>Who reviewed.</summary>
    public required string Reviewer { get; init; }

    /// <summary>Of a language model; null for rules.</summary>
    public string? Model { get; init; }

    /// <summary>Why another reviewer than the one asked had to do it; null when it was the one asked.</summary>
    public string? Degraded { get; init; }

    public required SpecificationCompliance SpecificationCompliance { get; init; }

    public required ExecutionAnalysis ExecutionAnalysis { get; init; }

    /// <summary>Most pressing first.</summary>
    public required IReadOnlyList<ReviewSuggestion> Suggestions { get; init; }
}

/// <param name="Score">From 0 to 100.</param>
public sealed record SpecificationCompliance(double Score, IReadOnlyList<ComplianceDetail> Details);

/// <param name="Evidence">Ids of the tests and rules that decided.</param>
public sealed record ComplianceDetail(string RequirementId, string Requirement, RequirementStatus Status, IReadOnlyList<string> Evidence, string Comment);

public sealed record ExecutionAnalysis(PerformanceMetrics Performance, CorrectnessReport Correctness, IReadOnlyList<EdgeCaseAnalysis> EdgeCases);

/// <param name="Measured">False when nothing was run: then all numbers are 0.</param>
public sealed record PerformanceMetrics(
    bool Measured, double TotalWallMs, double AverageWallMs, double MaxWallMs, double TotalCpuMs, long PeakMemoryBytes, string? SlowestTest, IReadOnlyList<string> Observations);

/// <param name="Status">"passed", "partial", "failed", or "notRun".</param>
public sealed record CorrectnessReport(
    string Status, int Total, int Passed, int Failed, IReadOnlyDictionary<string, int> Verdicts, IReadOnlyList<TestFailure> Failures);

public sealed record TestFailure(string TestId, string Verdict, string? Message, IReadOnlyList<string> RequirementIds);

/// <param name="Status">"covered", "failing" or "notCovered".</param>
/// <param name="Tests">Ids.</param>
public sealed record EdgeCaseAnalysis(string Case, string Status, IReadOnlyList<string> Tests, string Comment);

/// <param name="Rule">Which check found it: a stable name.</param>
/// <param name="Line">Counted from 1; null when it is about no place.</param>
/// <param name="Fix">What to do.</param>
public sealed record ReviewSuggestion(string Rule, SuggestionCategory Category, SuggestionSeverity Severity, string Message, string? File, int? Line, string? Fix)
{
    internal static ReviewSuggestion At(SourceCode.SourceFile file, int line, string rule, SuggestionCategory category, SuggestionSeverity severity, string message, string? fix = null)
        => new(rule, category, severity, message, file.Path, line, fix);
}

public enum SuggestionCategory
{
    Specification,
    Correctness,
    Risk,
    Errors,
    Complexity,
    Maintainability,
    Performance,
}

public enum SuggestionSeverity
{
    Error,
    Warning,
    Info,
}
