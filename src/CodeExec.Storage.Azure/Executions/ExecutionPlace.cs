using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>Where an execution stands. Neither its tenant nor its time of creation ever changes.</summary>
internal readonly record struct ExecutionPlace(ExecutionId Id, TenantId Tenant, long CreatedTicks)
{
    public string Partition => TableKeys.Partition(Tenant);

    public string RecordKey => TableKeys.Record(CreatedTicks, Id);

    public static ExecutionPlace Of(ExecutionRecord record) => new(record.Id, record.Tenant, record.CreatedAt.UtcTicks);
}
