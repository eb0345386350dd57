using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

/// <summary>The part of a review that is measured, not judged: the same whoever reviews.</summary>
public static class ReviewFacts
{
    private const double Slow = 1000, Uneven = 10;

    public static ExecutionAnalysis Analyse(ReviewRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(PerformanceOf(request.Ran), CorrectnessOf(request.Ran), EdgeCases.Analyse(request.Specification, request.Results));
    }

    public static SpecificationCompliance Compliance(ReviewRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ComplianceReport report = ComplianceCalculation.Make(request.Specification, request.Results ?? [], request.Rules);
        return new(report.Score, [.. report.Requirements.Select(one => new ComplianceDetail(
            one.Requirement.Id, one.Requirement.Text, one.Status, [.. one.Tests, .. one.Rules], CommentOf(one)))]);
    }

    private static string CommentOf(RequirementCompliance one) => one.Status switch
    {
        RequirementStatus.Met => $"All {one.Tests.Count + one.Rules.Count} checks of it passed.",
        RequirementStatus.Partial => $"Passed {Math.Round(100 * one.Fraction)}% of its checks.",
        RequirementStatus.Failed => "None of its checks passed.",
        _ => "Nothing that was run shows it.",
    };

    private static PerformanceMetrics PerformanceOf(IReadOnlyList<ValidatedTest>? results)
    {
        TestResult[] run = [.. (results ?? []).Select(test => test.Result).Where(result => result.WallMs > 0)];
        if (run.Length == 0)
        {
            return new(false, 0, 0, 0, 0, 0, null, []);
        }

        TestCosts costs = ComplianceCalculation.CostsOf(results!);
        double average = Math.Round(costs.TotalWallMs / run.Length, 3);
        List<string> observations = [];
        if (costs.MaxWallMs > Slow)
        {
            observations.Add($"Test {costs.SlowestTest} takes {Math.Round(costs.MaxWallMs)} ms.");
        }

        if (run.Length > 2 && costs.MaxWallMs > Uneven * run.Order(Comparer<TestResult>.Create((a, b) => a.WallMs.CompareTo(b.WallMs))).ElementAt(run.Length / 2).WallMs)
        {
            observations.Add($"Test {costs.SlowestTest} takes more than {Uneven} times the median: the time grows fast with the input.");
        }

        if (costs.TotalCpuMs < 0.2 * costs.TotalWallMs && costs.MaxWallMs > Slow)
        {
            observations.Add("Most of the time it waits: for input, or asleep.");
        }

        return new(true, costs.TotalWallMs, average, costs.MaxWallMs, costs.TotalCpuMs, costs.PeakMemoryBytes, costs.SlowestTest, observations);
    }

    private static CorrectnessReport CorrectnessOf(IReadOnlyList<ValidatedTest>? results)
    {
        if (results is not { Count: > 0 })
        {
            return new("notRun", 0, 0, 0, new Dictionary<string, int>(), []);
        }

        int passed = results.Count(test => test.Passed);
        return new(
            passed == results.Count ? "passed" : passed > 0 ? "partial" : "failed",
            results.Count,
            passed,
            results.Count - passed,
            results.GroupBy(test => test.Result.Verdict.Name()).OrderBy(same => same.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal),
            [.. results.Where(test => !test.Passed).Select(test => test.Result.ForSubmitter()).Select(result => new TestFailure(result.Id, result.Verdict.Name(), result.Message, result.RequirementIds))]);
    }
}
