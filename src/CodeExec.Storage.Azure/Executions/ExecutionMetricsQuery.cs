using Azure.Data.Tables;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>Numbers over what ended in a period: one walk along the rows of ends, which stand in their order. Percentiles are exact, from every value.</summary>
internal sealed class ExecutionMetricsQuery(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to)
{
    private readonly ExecutionTally _tally = new();

    public async Task<ExecutionMetrics> RunAsync(TableClient table, CancellationToken cancellationToken)
    {
        string first = TableKeys.EndedFrom(from?.UtcTicks ?? 0);
        string end = to is { } until ? TableKeys.EndedFrom(until.UtcTicks) : "e-" + TableKeys.End;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey ge {first} and RowKey lt {end}");
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            Count(row);
        }
        return _tally.Complete();
    }

    private void Count(TableEntity row) => _tally.Add(
        row.GetString("Language"),
        (ExecutionStatus)row.GetInt32("Status")!.Value,
        row.GetString("Error"),
        row.GetDouble("Duration")!.Value,
        row.GetDouble("Cpu"),
        row.GetDouble("Cpu") is null ? 0 : row.GetDouble("Memory")!.Value);
}
