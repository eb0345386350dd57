using System.Runtime.InteropServices;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>Numbers over what ended in a period: one walk along the rows of ends, which stand in their order. Percentiles are exact, from every value.</summary>
internal sealed class ExecutionMetricsQuery(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to)
{
    private readonly Dictionary<string, (long Total, long Succeeded, double DurationMs)> _byLanguage = [];
    private readonly Dictionary<string, long> _errors = [];
    private readonly List<double> _duration = [];
    private readonly List<double> _cpu = [];
    private readonly List<double> _memory = [];
    private long _failed;

    public async Task<ExecutionMetrics> RunAsync(TableClient table, CancellationToken cancellationToken)
    {
        string first = TableKeys.EndedFrom(from?.UtcTicks ?? 0);
        string end = to is { } until ? TableKeys.EndedFrom(until.UtcTicks) : "e-" + TableKeys.End;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey ge {first} and RowKey lt {end}");
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            Count(row);
        }
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

    private void Count(TableEntity row)
    {
        ExecutionStatus status = (ExecutionStatus)row.GetInt32("Status")!.Value;
        double duration = row.GetDouble("Duration")!.Value;
        ref (long Total, long Succeeded, double DurationMs) language = ref CollectionsMarshal.GetValueRefOrAddDefault(_byLanguage, row.GetString("Language"), out _);
        language.Total++;
        language.Succeeded += status == ExecutionStatus.Completed ? 1 : 0;
        language.DurationMs += duration;
        _failed += status is ExecutionStatus.Failed or ExecutionStatus.Timeout ? 1 : 0;
        if (row.GetString("Error") is { } error)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_errors, error, out _)++;
        }
        _duration.Add(duration);
        if (row.GetDouble("Cpu") is { } cpu)
        {
            _cpu.Add(cpu);
            _memory.Add(row.GetDouble("Memory")!.Value);
        }
    }
}
