using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>
/// Finds an execution by its id alone: one small row for each, in a partition of its own, written before the execution. One that points
/// to nothing (a create that did not get further) means as much as none.
/// </summary>
internal sealed class ExecutionPlaces(TableClient table)
{
    private const int MostRemembered = 20_000;
    private const string RowKey = "place";

    private readonly ConcurrentDictionary<ExecutionId, ExecutionPlace> _remembered = [];
    private readonly ConcurrentQueue<ExecutionId> _order = [];

    /// <returns>The place that was there already under this id.</returns>
    public async Task<ExecutionPlace?> AddAsync(ExecutionPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(RowOf(place), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == AzureFailures.Conflict)
        {
            return await FindAsync(place.Id, cancellationToken);
        }
        Remember(place);
        return null;
    }

    public async Task ReplaceAsync(ExecutionPlace place, CancellationToken cancellationToken)
    {
        await table.UpsertEntityAsync(RowOf(place), TableUpdateMode.Replace, cancellationToken);
        Forget(place.Id);
        Remember(place);
    }

    public async Task<ExecutionPlace?> FindAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        if (_remembered.TryGetValue(id, out ExecutionPlace known))
        {
            return known;
        }
        if (await table.FindAsync(PartitionOf(id), RowKey, null, cancellationToken) is not { } row)
        {
            return null;
        }
        ExecutionPlace found = new(id, new TenantId(row.GetString("Tenant")), row.GetInt64("Created")!.Value);
        Remember(found);
        return found;
    }

    public async Task RemoveAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        Forget(id);
        await table.DeleteQuietlyAsync(PartitionOf(id), RowKey, cancellationToken);
    }

    private static string PartitionOf(ExecutionId id) => $"i-{id}";

    private static TableEntity RowOf(ExecutionPlace place)
        => new(PartitionOf(place.Id), RowKey) { ["Tenant"] = place.Tenant.Value, ["Created"] = place.CreatedTicks };

    private void Forget(ExecutionId id) => _remembered.TryRemove(id, out _);

    private void Remember(ExecutionPlace place)
    {
        if (!_remembered.TryAdd(place.Id, place))
        {
            return;
        }
        _order.Enqueue(place.Id);
        while (_order.Count > MostRemembered && _order.TryDequeue(out ExecutionId oldest))
        {
            _remembered.TryRemove(oldest, out _);
        }
    }
}
