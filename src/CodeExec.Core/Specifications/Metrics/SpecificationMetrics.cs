namespace CodeExec.Core.Specifications.Metrics;

/// <summary>Numbers over the validations of a period.</summary>
/// <param name="Truncated">There were more than are looked at: the oldest were left out.</param>
public sealed record SpecificationMetrics(
    int Total,
    int Completed,
    int Passed,
    double PassRate,
    double AverageScore,
    double RequirementsCoverage,
    IReadOnlyDictionary<string, LanguageCompliance> ByLanguage,
    IReadOnlyDictionary<string, int> Verdicts,
    IReadOnlyList<CommonFailure> CommonFailures,
    TaskCompletion Tasks,
    IReadOnlyList<CompliancePeriod> Periods,
    bool Truncated);

public sealed record LanguageCompliance(int Total, int Passed, double AverageScore);

/// <param name="Kind">"requirement", "rule" or "verdict".</param>
/// <param name="SpecificationId">Whose requirement or rule it is; null where the content came with the request, and for verdicts.</param>
/// <param name="Id">Of the requirement or rule, or the verdict.</param>
public sealed record CommonFailure(string Kind, string? SpecificationId, string Id, int Count);

/// <summary>Of the tasks that somebody tried.</summary>
/// <param name="Verified">Those whose newest verification passed.</param>
public sealed record TaskCompletion(int Tried, int Verified, double Rate);

/// <summary>One step of a trend.</summary>
/// <param name="RequirementsCoverage">In percent, on average.</param>
public sealed record CompliancePeriod(DateTimeOffset From, int Total, int Passed, double AverageScore, double RequirementsCoverage, double AverageTestMs);
