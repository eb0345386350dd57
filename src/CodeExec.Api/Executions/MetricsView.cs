using System.Text.Json.Serialization;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Executions;

/// <summary>Numbers over the ended executions of a period.</summary>
internal sealed record MetricsView(
    DateTimeOffset? From,
    DateTimeOffset? To,
    long Total,
    long Succeeded,
    long Failed,
    double SuccessRate,
    double FailureRate,
    IReadOnlyDictionary<string, LanguageMetricsView> ByLanguage,
    Percentiles DurationMs,
    Percentiles CpuMs,
    Percentiles MemoryBytes,
    IReadOnlyDictionary<string, long> ErrorsByType,
    IReadOnlyDictionary<string, long> ByVerdict)
{
    /// <summary>Only when a period was named, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MetricsPeriodView>? Periods { get; init; }

    public static MetricsView Of(ExecutionMetrics metrics, DateTimeOffset? from, DateTimeOffset? to) => new(
        from,
        to,
        metrics.Total,
        metrics.Succeeded,
        metrics.Failed,
        Rate(metrics.Succeeded, metrics.Total),
        Rate(metrics.Failed, metrics.Total),
        metrics.ByLanguage.ToDictionary(
            pair => pair.Key,
            pair => new LanguageMetricsView(pair.Value.Total, pair.Value.Succeeded, Rate(pair.Value.Succeeded, pair.Value.Total), pair.Value.AverageDurationMs),
            StringComparer.Ordinal),
        metrics.DurationMs,
        metrics.CpuMs,
        metrics.MemoryBytes,
        metrics.ErrorsByType,
        metrics.ByVerdict);

    private static double Rate(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

internal sealed record LanguageMetricsView(long Total, long Succeeded, double SuccessRate, double AverageDurationMs);

internal sealed record MetricsPeriodView(DateTimeOffset From, long Total, long Succeeded, long Failed, double SuccessRate, double AverageDurationMs, IReadOnlyDictionary<string, long> ByLanguage)
{
    public static MetricsPeriodView Of(DateTimeOffset from, ExecutionMetrics metrics) => new(
        from,
        metrics.Total,
        metrics.Succeeded,
        metrics.Failed,
        metrics.Total == 0 ? 0 : (double)metrics.Succeeded / metrics.Total,
        metrics.DurationMs.Average,
        metrics.ByLanguage.ToDictionary(pair => pair.Key, pair => pair.Value.Total, StringComparer.Ordinal));
}
