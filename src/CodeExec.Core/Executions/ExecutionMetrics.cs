namespace CodeExec.Core.Executions;

/// <summary>Numbers over the ended executions of a period.</summary>
public sealed record ExecutionMetrics
{
    public required long Total { get; init; }

    public required long Succeeded { get; init; }

    public required long Failed { get; init; }

    public required IReadOnlyDictionary<string, LanguageMetrics> ByLanguage { get; init; }

    /// <summary>As <see cref="Storage.ExecutionMeasures.EndingOf"/> names them, counted; ordinary successes left out.</summary>
    public required IReadOnlyDictionary<string, long> Endings { get; init; }

    /// <summary>Of graded executions.</summary>
    public IReadOnlyDictionary<string, long> ByVerdict
        => Endings.Where(one => one.Key.StartsWith(Storage.ExecutionMeasures.VerdictPrefix, StringComparison.Ordinal))
            .ToDictionary(one => one.Key[Storage.ExecutionMeasures.VerdictPrefix.Length..], one => one.Value, StringComparer.Ordinal);

    /// <summary>By outcome kind, and for limits by limit: "exited", "limitExceeded/memory", "internalError"…; successes left out.</summary>
    public IReadOnlyDictionary<string, long> ErrorsByType
        => Endings.Where(one => !one.Key.StartsWith(Storage.ExecutionMeasures.VerdictPrefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    public required Percentiles DurationMs { get; init; }

    public required Percentiles CpuMs { get; init; }

    public required Percentiles MemoryBytes { get; init; }
}

public sealed record LanguageMetrics(long Total, long Succeeded, double AverageDurationMs);

public sealed record Percentiles(double P50, double P90, double P95, double P99, double Max, double Average)
{
    public static readonly Percentiles None = new(0, 0, 0, 0, 0, 0);
}
