using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Stores;

/// <summary>Which specification a task belongs to. A hint: the specification itself has the last word.</summary>
internal sealed class TaskOwners(IDocumentStore documents)
{
    public async Task<string?> FindAsync(TenantId tenant, string taskId, CancellationToken cancellationToken)
        => await documents.FindAsync<Owner>(Of(tenant), taskId, cancellationToken) is { } found ? found.Value.SpecificationId : null;

    public async Task ClaimAsync(TenantId tenant, string specification, IReadOnlyList<SpecificationTask> tasks, CancellationToken cancellationToken)
    {
        byte[] owner = DocumentJson.Write(new Owner(specification));
        foreach (SpecificationTask[] some in tasks.Chunk(IDocumentStore.MostWrites))
        {
            await documents.TryWriteAsync(Of(tenant), [.. some.Select(task => DocumentWrite.Put(task.Id, owner))], cancellationToken);
        }
    }

    public async Task ReleaseAsync(TenantId tenant, string specification, IReadOnlyList<SpecificationTask> tasks, CancellationToken cancellationToken)
    {
        foreach (SpecificationTask task in tasks)
        {
            if (await documents.FindAsync<Owner>(Of(tenant), task.Id, cancellationToken) is { } found && found.Value.SpecificationId == specification)
            {
                await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(task.Id, found.Revision)], cancellationToken);
            }
        }
    }

    private static DocumentPartition Of(TenantId tenant) => new("specification-tasks", tenant.Value);

    private sealed record Owner(string SpecificationId);
}
