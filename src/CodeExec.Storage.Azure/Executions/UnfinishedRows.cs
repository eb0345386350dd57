using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>
/// The executions of all tenants that have not ended, in sixteen partitions. A row is written before its execution and removed after its end: there may
/// be one too many, never one too few.
/// </summary>
internal sealed class UnfinishedRows(TableClient table)
{
    private const string Digits = "0123456789abcdef";

    public Task AddAsync(ExecutionPlace place, CancellationToken cancellationToken)
        => table.UpsertEntityAsync(new TableEntity(PartitionOf(place.Id), KeyOf(place)) { ["Tenant"] = place.Tenant.Value }, TableUpdateMode.Replace, cancellationToken);

    public Task RemoveAsync(ExecutionPlace place, CancellationToken cancellationToken)
        => table.DeleteQuietlyAsync(PartitionOf(place.Id), KeyOf(place), cancellationToken);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ExecutionPlace>> ListAsync(CancellationToken cancellationToken)
    {
        List<ExecutionPlace>[] parts = await Task.WhenAll(Digits.Select(digit => ListAsync(Partition(digit), cancellationToken)));
        return [.. parts.SelectMany(part => part).OrderBy(place => place.CreatedTicks).ThenBy(place => place.Id.ToString(), StringComparer.Ordinal)];
    }

    private static string Partition(char digit) => $"u-{digit}";

    private static string PartitionOf(ExecutionId id) => Partition(id.ToString()[^1]); // the first digits are a time, and alike

    private static string KeyOf(ExecutionPlace place) => TableKeys.Unfinished(place.CreatedTicks, place.Id);

    private async Task<List<ExecutionPlace>> ListAsync(string partition, CancellationToken cancellationToken)
    {
        List<ExecutionPlace> places = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            string[] parts = row.RowKey.Split('-');
            if (ExecutionId.TryParse(parts[1], out ExecutionId id))
            {
                places.Add(new(id, new TenantId(row.GetString("Tenant")), long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        return places;
    }
}
