using System.Runtime.InteropServices;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>
/// Numbers over what ended in a period, from one walk along an index that holds all of them. Exact percentiles need every value once:
/// 24 bytes an execution while the query runs.
/// </summary>
internal sealed class ExecutionMetricsQuery(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
{
    private const string Sql = """
        SELECT language, status, error, duration, cpu, memory FROM executions INDEXED BY executions_measured
        WHERE tenant = $tenant AND ended IS NOT NULL AND ended >= $from AND ended < $to
        """;

    private readonly Dictionary<string, (long Total, long Succeeded, double DurationMs)> _byLanguage = [];
    private readonly Dictionary<string, long> _errors = [];
    private readonly List<double> _duration = [];
    private readonly List<double> _cpu = [];
    private readonly List<double> _memory = [];
    private long _failed;

    public ExecutionMetrics Run(SqliteReadContext context)
    {
        SqliteStatement statement = context.Command(Sql)
            .Set("$tenant", tenant.Value)
            .Set("$from", from?.UtcTicks ?? 0)
            .Set("$to", to?.UtcTicks ?? long.MaxValue);
        using (SqliteDataReader row = statement.Query())
        {
            while (row.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Count(row);
            }
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

    private void Count(SqliteDataReader row)
    {
        ExecutionStatus status = (ExecutionStatus)row.GetInt32(1);
        double duration = row.GetDouble(3);
        ref (long Total, long Succeeded, double DurationMs) language = ref CollectionsMarshal.GetValueRefOrAddDefault(_byLanguage, row.GetString(0), out _);
        language.Total++;
        language.Succeeded += status == ExecutionStatus.Completed ? 1 : 0;
        language.DurationMs += duration;
        _failed += status is ExecutionStatus.Failed or ExecutionStatus.Timeout ? 1 : 0;
        if (!row.IsDBNull(2))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_errors, row.GetString(2), out _)++;
        }
        _duration.Add(duration);
        if (!row.IsDBNull(4))
        {
            _cpu.Add(row.GetDouble(4));
            _memory.Add(row.GetDouble(5));
        }
    }
}
