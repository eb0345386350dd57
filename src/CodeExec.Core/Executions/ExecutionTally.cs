using System.Runtime.InteropServices;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions;

/// <summary>Adds up ended executions, one after the other, for stores that read theirs. Percentiles are exact and need every value once: 24 bytes an execution.</summary>
public sealed class ExecutionTally
{
    private readonly Dictionary<string, (long Total, long Succeeded, double DurationMs)> _byLanguage = [];
    private readonly Dictionary<string, long> _errors = [];
    private readonly List<double> _duration = [];
    private readonly List<double> _cpu = [];
    private readonly List<double> _memory = [];
    private long _failed;

    /// <param name="error">What went wrong, by its type; null for nothing.</param>
    /// <param name="cpuMs">Null if no program ran; <paramref name="memoryBytes"/> means nothing then.</param>
    public void Add(string language, ExecutionStatus status, string? error, double durationMs, double? cpuMs, double memoryBytes)
    {
        ref (long Total, long Succeeded, double DurationMs) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_byLanguage, language, out _);
        sum.Total++;
        sum.Succeeded += status == ExecutionStatus.Completed ? 1 : 0;
        sum.DurationMs += durationMs;
        _failed += status is ExecutionStatus.Failed or ExecutionStatus.Timeout ? 1 : 0;
        if (error is not null)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_errors, error, out _)++;
        }
        _duration.Add(durationMs);
        if (cpuMs is { } cpu)
        {
            _cpu.Add(cpu);
            _memory.Add(memoryBytes);
        }
    }

    /// <summary>Once, at the end.</summary>
    public ExecutionMetrics Complete()
    {
        return new()
        {
            Total = _byLanguage.Values.Sum(language => language.Total),
            Succeeded = _byLanguage.Values.Sum(language => language.Succeeded),
            Failed = _failed,
            ByLanguage = _byLanguage.ToDictionary(
                language => language.Key,
                language => new LanguageMetrics(language.Value.Total, language.Value.Succeeded, language.Value.DurationMs / language.Value.Total)),
            Endings = _errors,
            DurationMs = PercentilesOf(_duration),
            CpuMs = PercentilesOf(_cpu),
            MemoryBytes = PercentilesOf(_memory),
        };
    }

    private static Percentiles PercentilesOf(List<double> values)
    {
        if (values.Count == 0)
        {
            return Percentiles.None;
        }
        double average = values.Average();
        values.Sort();
        return new(At(50), At(90), At(95), At(99), values[^1], average);

        double At(int percentile) => values[(int)ExecutionMeasures.RankOf(percentile, values.Count)];
    }
}
