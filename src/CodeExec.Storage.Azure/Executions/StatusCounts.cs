using System.Collections.Concurrent;
using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>
/// How many executions a tenant has in each status, counted in the very transaction that changes them. Spread over rows, so that writers seldom
/// meet; a row may go below zero, their sum never does.
/// </summary>
internal sealed class StatusCounts(TableClient table)
{
    private const int Shards = 8;
    private const string TenantsPartition = "tenants";

    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim[]> _tenants = [];
    private int _next;

    /// <summary>A row to count in. Nobody else in this process counts in it until it is given back.</summary>
    public async Task<CountRow> TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        SemaphoreSlim[] gates = _tenants.TryGetValue(tenant, out SemaphoreSlim[]? known) ? known : await RegisterAsync(tenant, cancellationToken);
        int shard = (Interlocked.Increment(ref _next) & int.MaxValue) % Shards;
        await gates[shard].WaitAsync(cancellationToken);
        try
        {
            string partition = TableKeys.Partition(tenant);
            TableEntity? row = await table.FindAsync(partition, TableKeys.Count(shard), null, cancellationToken);
            return new(row ?? new TableEntity(partition, TableKeys.Count(shard)), isNew: row is null, () => gates[shard].Release());
        }
        catch
        {
            gates[shard].Release();
            throw;
        }
    }

    /// <summary>All that have ever had an execution.</summary>
    public async Task<IReadOnlyList<TenantId>> ListTenantsAsync(CancellationToken cancellationToken)
    {
        List<TenantId> tenants = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {TenantsPartition}"), cancellationToken: cancellationToken))
        {
            tenants.Add(new TenantId(row.GetString("Name")));
        }
        return tenants;
    }

    public async Task<IReadOnlyDictionary<ExecutionStatus, long>> SumAsync(CancellationToken cancellationToken)
    {
        Dictionary<ExecutionStatus, long> sums = Enum.GetValues<ExecutionStatus>().ToDictionary(status => status, _ => 0L);
        foreach (TenantId tenant in await ListTenantsAsync(cancellationToken))
        {
            string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey ge {"c-"} and RowKey lt {"c-" + TableKeys.End}");
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                foreach (ExecutionStatus status in Enum.GetValues<ExecutionStatus>())
                {
                    sums[status] += row.GetInt64(status.ToString()) ?? 0;
                }
            }
        }
        return sums;
    }

    private async Task<SemaphoreSlim[]> RegisterAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await table.UpsertEntityAsync(new TableEntity(TenantsPartition, TableKeys.OfName(tenant.Value)) { ["Name"] = tenant.Value }, TableUpdateMode.Replace, cancellationToken);
        return _tenants.GetOrAdd(tenant, _ => [.. Enumerable.Range(0, Shards).Select(_ => new SemaphoreSlim(1))]);
    }
}
