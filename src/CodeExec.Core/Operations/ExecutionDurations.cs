using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Operations;

/// <summary>How long the executions took that ended in this process: a histogram by language and status.</summary>
public sealed class ExecutionDurations : IMetricsSource
{
    private const string Name = "execution_duration_seconds", Help = "Time from acceptance to the end of an execution.";

    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private readonly ConcurrentDictionary<(string Language, ExecutionStatus Status), Histogram> _histograms = new();

    public void Observe(string language, ExecutionStatus status, TimeSpan duration)
        => _histograms.GetOrAdd((language, status), static _ => new Histogram()).Observe(duration.TotalSeconds);

    public IEnumerable<Metric> Collect()
    {
        foreach (((string language, ExecutionStatus status), Histogram histogram) in _histograms)
        {
            MetricLabel[] labels = [new("language", language), new("status", JsonNamingPolicy.CamelCase.ConvertName(status.ToString()))];
            (long[] counts, double sum) = histogram.Read();
            long cumulative = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                cumulative += counts[i];
                string le = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                yield return new(Name + "_bucket", Help, MetricKind.Histogram, cumulative, [.. labels, new("le", le)]);
            }

            yield return new(Name + "_sum", Help, MetricKind.Histogram, sum, labels);
            yield return new(Name + "_count", Help, MetricKind.Histogram, cumulative, labels);
        }
    }

    private sealed class Histogram
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private double _sum;

        public void Observe(double seconds)
        {
            int bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (_lock)
            {
                _counts[bucket < 0 ? Bounds.Length : bucket]++;
                _sum += seconds;
            }
        }

        public (long[] Counts, double Sum) Read()
        {
            lock (_lock)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
