using System.Runtime.CompilerServices;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Contracts.Fakes;

/// <summary>Executions in memory, with every promise of the port but durability.</summary>
public sealed class InMemoryExecutionStore : IExecutionStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ExecutionId, (ExecutionRecord Record, ExecutionSpec Spec)> _stored = [];
    private readonly Dictionary<(TenantId Tenant, string Key), (string Fingerprint, ExecutionId Id)> _keys = [];

    public Task<CreateOutcome> CreateAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            if (key is not null && _keys.TryGetValue((record.Tenant, key.Key), out (string Fingerprint, ExecutionId Id) known))
            {
                return Task.FromResult<CreateOutcome>(known.Fingerprint == key.Fingerprint
                    ? new CreateOutcome.Existing(_stored[known.Id].Record)
                    : new CreateOutcome.KeyConflict());
            }
            ExecutionRecord created = record with { Revision = 1 };
            if (!_stored.TryAdd(record.Id, (created, spec)))
            {
                throw new ExecutionExistsException(record.Id);
            }
            if (key is not null)
            {
                _keys.Add((record.Tenant, key.Key), (key.Fingerprint, record.Id));
            }
            return Task.FromResult<CreateOutcome>(new CreateOutcome.Created(created));
        }
    }

    public Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_stored.TryGetValue(id, out (ExecutionRecord Record, ExecutionSpec) found) ? found.Record : null);
        }
    }

    public Task<ExecutionSpec?> FindSpecAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_stored.TryGetValue(id, out (ExecutionRecord, ExecutionSpec Spec) found) ? found.Spec : null);
        }
    }

    public Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_gate)
        {
            if (!_stored.TryGetValue(changed.Id, out (ExecutionRecord Record, ExecutionSpec Spec) found) || found.Record.Revision != changed.Revision)
            {
                return Task.FromResult<ExecutionRecord?>(null);
            }
            ExecutionRecord written = changed with { Revision = changed.Revision + 1 };
            _stored[changed.Id] = (written, found.Spec);
            return Task.FromResult<ExecutionRecord?>(written);
        }
    }

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ExecutionCursor? after = ExecutionCursor.Of(query);
        List<ExecutionRecord> found =
        [
            .. All()
                .Where(record => Matches(record, query) && (after is not { } cursor || IsOlder(record, cursor)))
                .OrderByDescending(record => record.CreatedAt.UtcTicks)
                .ThenByDescending(record => record.Id.ToString(), StringComparer.Ordinal)
                .Take(query.Limit + 1),
        ];
        if (found.Count <= query.Limit)
        {
            return Task.FromResult(new ExecutionPage(found, null));
        }
        found.RemoveAt(query.Limit);
        return Task.FromResult(new ExecutionPage(found, ExecutionCursor.After(found[^1]).ToText(query)));
    }

    public async IAsyncEnumerable<ExecutionId> ListUnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ExecutionRecord record in All().Where(record => !record.Status.IsFinal()).OrderBy(record => record.CreatedAt))
        {
            await Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            yield return record.Id;
        }
    }

    public IAsyncEnumerable<ExecutionId> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken)
        => All().Where(record => record.EndedAt < before).OrderBy(record => record.CreatedAt).Select(record => record.Id).ToAsyncEnumerable();

    public Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stored.Remove(id);
            foreach ((TenantId, string) key in _keys.Where(bound => bound.Value.Id == id).Select(bound => bound.Key).ToList())
            {
                _keys.Remove(key);
            }
        }
        return Task.CompletedTask;
    }

    public Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        List<ExecutionRecord> ended =
        [
            .. All().Where(record => record.Tenant == tenant && record.Status.IsFinal() && IsWithin(record.EndedAt, from, to)),
        ];
        return Task.FromResult(new ExecutionMetrics
        {
            Total = ended.Count,
            Succeeded = ended.Count(IsSuccess),
            Failed = ended.Count(IsFailure),
            ByLanguage = ended.GroupBy(record => record.Language).ToDictionary(
                group => group.Key,
                group => new LanguageMetrics(group.Count(), group.Count(IsSuccess), group.Average(ExecutionMeasures.DurationMs) ?? 0)),
            Endings = ended.Select(ExecutionMeasures.EndingOf).OfType<string>().GroupBy(type => type).ToDictionary(group => group.Key, group => group.LongCount()),
            DurationMs = PercentilesOf(ended.Select(ExecutionMeasures.DurationMs)),
            CpuMs = PercentilesOf(ended.Select(record => record.Run?.CpuMs)),
            MemoryBytes = PercentilesOf(ended.Select(record => (double?)record.Run?.MemoryBytes)),
        });
    }

    public Task<IReadOnlyDictionary<ExecutionStatus, long>> CountByStatusAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<ExecutionStatus, long>>(
            All().GroupBy(record => record.Status).ToDictionary(group => group.Key, group => group.LongCount()));

    private static bool IsSuccess(ExecutionRecord record) => record.Status == ExecutionStatus.Completed;

    private static bool IsFailure(ExecutionRecord record) => record.Status is ExecutionStatus.Failed or ExecutionStatus.Timeout;

    private static bool Matches(ExecutionRecord record, ExecutionQuery query)
        => record.Tenant == query.Tenant
        && (query.Status is null || record.Status == query.Status)
        && (query.Language is null || record.Language == query.Language)
        && IsWithin(record.CreatedAt, query.From, query.To)
        && (query.Student is null || record.Student == query.Student)
        && (query.Problem is null || record.Problem?.Id == query.Problem)
        && query.Labels.All(label => record.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);

    private static bool IsWithin(DateTimeOffset? time, DateTimeOffset? from, DateTimeOffset? to)
        => time is { } known && !(known < from) && !(known >= to);

    private static bool IsOlder(ExecutionRecord record, ExecutionCursor cursor)
        => record.CreatedAt.UtcTicks < cursor.CreatedAtTicks
        || (record.CreatedAt.UtcTicks == cursor.CreatedAtTicks && string.CompareOrdinal(record.Id.ToString(), cursor.Id.ToString()) < 0);

    private static Percentiles PercentilesOf(IEnumerable<double?> values)
    {
        List<double> sorted = [.. values.OfType<double>().Order()];
        return sorted.Count == 0 ? Percentiles.None : new(At(50), At(90), At(95), At(99), sorted[^1], sorted.Average());

        double At(int percentile) => sorted[(int)ExecutionMeasures.RankOf(percentile, sorted.Count)];
    }

    private List<ExecutionRecord> All()
    {
        lock (_gate)
        {
            return [.. _stored.Values.Select(stored => stored.Record)];
        }
    }
}
