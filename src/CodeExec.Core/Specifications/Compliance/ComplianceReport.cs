namespace CodeExec.Core.Specifications.Compliance;

/// <summary>How far an implementation does what was specified: from each requirement to its tests and their verdicts.</summary>
public sealed record ComplianceReport
{
    public required ComplianceResult Result { get; init; }

    /// <summary>From 0 to 100: of the weights of all requirements, the part that was shown to hold.</summary>
    public required double Score { get; init; }

    public required RequirementsCoverage Coverage { get; init; }

    public required IReadOnlyList<RequirementCompliance> Requirements { get; init; }

    public required IReadOnlyList<ValidatedTest> Tests { get; init; }

    public required IReadOnlyList<RuleResult> Rules { get; init; }

    public required IReadOnlyList<string> Suggestions { get; init; }

    public required TestCosts Costs { get; init; }

    /// <summary>Of hidden tests nothing but their verdicts.</summary>
    public ComplianceReport ForSubmitter() => this with { Tests = [.. Tests.Select(test => test.ForSubmitter())] };
}

/// <param name="Covered">Requirements that were shown to be met.</param>
/// <param name="Tested">Requirements that something checked, whatever came of it.</param>
/// <param name="Missing">Ids of those that were not shown to be met.</param>
public sealed record RequirementsCoverage(int Total, int Covered, int Tested, IReadOnlyList<string> Missing)
{
    public double Percentage => Total == 0 ? 100 : Math.Round(100.0 * Covered / Total, 1);
}

/// <param name="Tests">Ids.</param>
/// <param name="Rules">Ids.</param>
/// <param name="Fraction">Of what checks it, the part that passed.</param>
public sealed record RequirementCompliance(
    Requirement Requirement, RequirementStatus Status, double Fraction, IReadOnlyList<string> Tests, IReadOnlyList<string> Rules, IReadOnlyList<CriterionCompliance> Criteria);

public sealed record CriterionCompliance(AcceptanceCriterion Criterion, RequirementStatus Status, IReadOnlyList<string> Tests);

public sealed record RuleResult(ValidationRule Rule, bool Passed, string? Message);

/// <param name="TotalWallMs">Of all tests.</param>
/// <param name="PeakMemoryBytes">Of the test that took most.</param>
public sealed record TestCosts(double TotalWallMs, double MaxWallMs, double TotalCpuMs, long PeakMemoryBytes, string? SlowestTest);
