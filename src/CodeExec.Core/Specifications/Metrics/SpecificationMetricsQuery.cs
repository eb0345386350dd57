using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Metrics;

/// <summary>Counts validations: how much is covered, what fails most, and where it is going.</summary>
public sealed class SpecificationMetricsQuery(ValidationRuns runs)
{
    private const int Page = 500, Most = 20_000, MostFailures = 20;

    public async Task<SpecificationMetrics> GetAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, MetricsPeriod period, CancellationToken cancellationToken)
    {
        List<ValidationRun> found = [];
        string? before = null;
        bool more = true;
        while (more && found.Count < Most)
        {
            IReadOnlyList<ValidationRun> page = await runs.ListAsync(tenant, Page, before, cancellationToken);
            found.AddRange(page.Where(run => (from is null || run.CreatedAt >= from) && (to is null || run.CreatedAt < to)));
            more = page.Count == Page && !(page[^1].CreatedAt < from); // ids sort by time: what follows is older still
            before = page.Count > 0 ? page[^1].Id : null;
        }

        return Of(found, period, more);
    }

    public static SpecificationMetrics Of(IReadOnlyList<ValidationRun> runs, MetricsPeriod period, bool truncated)
    {
        ValidationRun[] completed = [.. runs.Where(run => run.Summary is not null)];
        int passed = completed.Count(Passed);
        return new SpecificationMetrics(
            runs.Count,
            completed.Length,
            passed,
            Rate(passed, completed.Length),
            Average(completed, run => run.Summary!.Score),
            Average(completed, run => run.Summary!.Coverage.Percentage),
            completed.GroupBy(run => run.Language, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => new LanguageCompliance(same.Count(), same.Count(Passed), Average([.. same], run => run.Summary!.Score)), StringComparer.Ordinal),
            completed.SelectMany(run => run.Summary!.Verdicts).GroupBy(one => one.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Sum(one => one.Value), StringComparer.Ordinal),
            FailuresOf(completed),
            TasksOf(completed),
            [.. completed.GroupBy(run => period.StartOf(run.CreatedAt)).OrderBy(same => same.Key).Select(same => PeriodOf(same.Key, [.. same]))],
            truncated);
    }

    private static CommonFailure[] FailuresOf(ValidationRun[] runs)
    {
        IEnumerable<(string Kind, string? Specification, string Id, int Count)> all =
        [
            .. runs.SelectMany(run => run.Summary!.Unmet, (run, id) => ("requirement", run.Subject.SpecificationId ?? run.Subject.ChallengeId, id, 1)),
            .. runs.SelectMany(run => run.Summary!.BrokenRules, (run, id) => ("rule", run.Subject.SpecificationId ?? run.Subject.ChallengeId, id, 1)),
            .. runs.SelectMany(run => run.Summary!.Verdicts).Where(one => one.Key != Verdict.Accepted.Name()).Select(one => ("verdict", (string?)null, one.Key, one.Value)),
        ];
        return
        [
            .. all.GroupBy(one => (one.Kind, one.Specification, one.Id)).Select(same => new CommonFailure(same.Key.Kind, same.Key.Specification, same.Key.Id, same.Sum(one => one.Count)))
                .OrderByDescending(one => one.Count).ThenBy(one => one.Kind, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal).Take(MostFailures),
        ];
    }

    private static TaskCompletion TasksOf(ValidationRun[] runs)
    {
        ValidationRun[] newest = [.. runs.Where(run => run.Subject.TaskId is not null).GroupBy(run => run.Subject.TaskId, StringComparer.Ordinal).Select(same => same.MaxBy(run => run.CreatedAt)!)];
        int verified = newest.Count(Passed);
        return new TaskCompletion(newest.Length, verified, Rate(verified, newest.Length));
    }

    private static CompliancePeriod PeriodOf(DateTimeOffset start, ValidationRun[] runs) => new(
        start,
        runs.Length,
        runs.Count(Passed),
        Average(runs, run => run.Summary!.Score),
        Average(runs, run => run.Summary!.Coverage.Percentage),
        Average(runs, run => run.Summary!.Tests == 0 ? 0 : run.Summary.Costs.TotalWallMs / run.Summary.Tests));

    private static bool Passed(ValidationRun run) => run.Summary?.Result == ComplianceResult.Passed;

    private static double Average(ValidationRun[] runs, Func<ValidationRun, double> value) => runs.Length == 0 ? 0 : Math.Round(runs.Average(value), 2);

    private static double Rate(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
}
