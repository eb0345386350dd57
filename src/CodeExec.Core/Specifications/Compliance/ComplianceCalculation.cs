using CodeExec.Core.Grading;

namespace CodeExec.Core.Specifications.Compliance;

/// <summary>From results to a report. Pure: the same results give the same report.</summary>
public static class ComplianceCalculation
{
    public static ComplianceReport Make(SpecificationContent content, IReadOnlyList<ValidatedTest> tests, IReadOnlyList<RuleResult> rules)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(tests);
        IReadOnlyList<RequirementCompliance> requirements = [.. content.Requirements.Select(requirement => Of(requirement, content, tests, rules))];
        string[] missing = [.. requirements.Where(one => one.Status != RequirementStatus.Met).Select(one => one.Requirement.Id)];
        RequirementsCoverage coverage = new(
            requirements.Count, requirements.Count - missing.Length, requirements.Count(one => one.Status != RequirementStatus.Untested), missing);
        ComplianceReport report = new()
        {
            Result = ResultOf(requirements, tests, rules),
            Score = Score(requirements, tests, rules),
            Coverage = coverage,
            Requirements = requirements,
            Tests = tests,
            Rules = rules,
            Suggestions = [],
            Costs = CostsOf(tests),
        };
        return report with { Suggestions = SuggestionTexts.For(content, report) };
    }

    public static TestCosts CostsOf(IReadOnlyList<ValidatedTest> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        TestResult? slowest = tests.Select(test => test.Result).MaxBy(result => result.WallMs);
        return new(
            Math.Round(tests.Sum(test => test.Result.WallMs), 3),
            slowest?.WallMs ?? 0,
            Math.Round(tests.Sum(test => test.Result.CpuMs), 3),
            tests.Select(test => test.Result.MemoryBytes).DefaultIfEmpty().Max(),
            slowest is { WallMs: > 0 } ? slowest.Id : null);
    }

    private static RequirementCompliance Of(Requirement requirement, SpecificationContent content, IReadOnlyList<ValidatedTest> tests, IReadOnlyList<RuleResult> rules)
    {
        AcceptanceCriterion[] criteria = [.. content.Criteria.Where(criterion => criterion.RequirementId == requirement.Id)];
        HashSet<string> names = new([requirement.Id, .. criteria.Select(criterion => criterion.Id)], StringComparer.Ordinal);
        bool all = content.IsUnlinked;
        ValidatedTest[] linked = [.. tests.Where(test => all || test.Result.RequirementIds.Any(names.Contains))];
        RuleResult[] held = [.. rules.Where(rule => !rule.Rule.IsWarning && (all || rule.Rule.RequirementIds.Any(names.Contains)))];
        (RequirementStatus status, double fraction) = StatusOf([.. linked.Select(JudgementOf), .. held.Select(rule => (bool?)rule.Passed)]);
        return new(
            requirement,
            status,
            fraction,
            [.. linked.Select(test => test.Result.Id)],
            [.. held.Select(rule => rule.Rule.Id)],
            [.. criteria.Select(criterion => Of(criterion, requirement.Id, linked))]);
    }

    // Tests that name a criterion decide it; where none does, those of its requirement.
    private static CriterionCompliance Of(AcceptanceCriterion criterion, string requirement, ValidatedTest[] linked)
    {
        ValidatedTest[] own = [.. linked.Where(test => test.Result.RequirementIds.Contains(criterion.Id, StringComparer.Ordinal))];
        ValidatedTest[] deciding = own.Length > 0 ? own : [.. linked.Where(test => test.Result.RequirementIds.Contains(requirement, StringComparer.Ordinal))];
        return new(criterion, StatusOf([.. deciding.Select(JudgementOf)]).Status, [.. deciding.Select(test => test.Result.Id)]);
    }

    /// <returns>Null for what was not judged: it shows neither one nor the other.</returns>
    private static bool? JudgementOf(ValidatedTest test) => test.Result.Verdict.IsNotTheSubmitters() ? null : test.Passed;

    private static (RequirementStatus Status, double Fraction) StatusOf(IReadOnlyList<bool?> judgements)
    {
        int judged = judgements.Count(one => one is not null), passed = judgements.Count(one => one == true);
        return judged == 0
            ? (RequirementStatus.Untested, 0)
            : ((passed, judgements.Count - passed) switch
            {
                (_, 0) => RequirementStatus.Met,
                (0, _) => RequirementStatus.Failed,
                _ => RequirementStatus.Partial,
            }, Math.Round((double)passed / judgements.Count, 4));
    }

    private static ComplianceResult ResultOf(IReadOnlyList<RequirementCompliance> requirements, IReadOnlyList<ValidatedTest> tests, IReadOnlyList<RuleResult> rules)
    {
        IEnumerable<RuleResult> counted = rules.Where(rule => !rule.Rule.IsWarning);
        bool anything = tests.Count > 0 || rules.Count > 0;
        bool all = anything && requirements.All(one => one.Status == RequirementStatus.Met) && tests.All(test => test.Passed) && counted.All(rule => rule.Passed);
        bool some = requirements.Any(one => one.Status is RequirementStatus.Met or RequirementStatus.Partial) || tests.Any(test => test.Passed);
        return all ? ComplianceResult.Passed : some ? ComplianceResult.Partial : ComplianceResult.Failed;
    }

    private static double Score(IReadOnlyList<RequirementCompliance> requirements, IReadOnlyList<ValidatedTest> tests, IReadOnlyList<RuleResult> rules)
    {
        double whole = requirements.Sum(one => WeightOf(one.Requirement.Priority));
        if (whole > 0)
        {
            return Math.Round(100 * requirements.Sum(one => WeightOf(one.Requirement.Priority) * one.Fraction) / whole, 1);
        }

        int all = tests.Count + rules.Count(rule => !rule.Rule.IsWarning);
        return all == 0 ? 0 : Math.Round(100.0 * (tests.Count(test => test.Passed) + rules.Count(rule => rule.Passed && !rule.Rule.IsWarning)) / all, 1);
    }

    private static int WeightOf(RequirementPriority priority) => priority switch
    {
        RequirementPriority.Must => 3,
        RequirementPriority.Should => 2,
        _ => 1,
    };
}
