using System.Text.Json;
using CodeExec.Core.Operations;

namespace CodeExec.Core.Schedules;

/// <summary>What has become of times of schedules, in this process.</summary>
public sealed class ScheduleMetrics : IMetricsSource
{
    private readonly long[] _counts = new long[Enum.GetValues<RunOutcome>().Length];

    public void Count(RunOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    public IEnumerable<Metric> Collect()
        => Enum.GetValues<RunOutcome>().Select(outcome => new Metric(
            "schedule_runs_total",
            "Times of schedules that this process has seen to, by what came of them.",
            MetricKind.Counter,
            Interlocked.Read(ref _counts[(int)outcome]),
            new MetricLabel("outcome", JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()))));
}
