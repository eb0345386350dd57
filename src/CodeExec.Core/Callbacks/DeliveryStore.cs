using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Callbacks;

/// <summary>The log of deliveries.</summary>
public sealed class DeliveryStore(IDocumentStore documents)
{
    private const string Collection = "deliveries";

    public async Task<Delivery?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => IsId(id) ? (await documents.FindAsync<Delivery>(Of(tenant), id, cancellationToken))?.Value : null;

    /// <summary>All of one execution or batch.</summary>
    public async Task<IReadOnlyList<Delivery>> ListAsync(TenantId tenant, string prefix, CancellationToken cancellationToken)
        => [.. (await documents.ListAsync(Of(tenant), new DocumentRange(100, Prefix: prefix), cancellationToken)).Select(DocumentJson.Read<Delivery>)];

    /// <summary>Of all tenants, those that were made before a time, the oldest first.</summary>
    /// <param name="prefix">Of what they tell: each kind is sorted by itself.</param>
    public IAsyncEnumerable<(TenantId Tenant, Delivery Delivery)> ListOldAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
        => OldDocuments.ListAsync(documents, Collection, prefix, document => DocumentJson.Read<Delivery>(document).CreatedAt, before, cancellationToken)
            .Select(old => (old.Tenant, DocumentJson.Read<Delivery>(old.Document)));

    public Task DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken) => documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id)], cancellationToken);

    /// <summary>Repeating it is harmless: the first counts.</summary>
    public Task AddAsync(TenantId tenant, Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return documents.TryWriteAsync(Of(tenant), [DocumentWrite.Create(delivery.Id, DocumentJson.Write(delivery))], cancellationToken);
    }

    /// <returns>As it is then; null if there is none.</returns>
    public async Task<Delivery?> ChangeAsync(TenantId tenant, string id, Func<Delivery, Delivery> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (IsId(id) && await documents.FindAsync<Delivery>(Of(tenant), id, cancellationToken) is { } found)
        {
            Delivery changed = change(found.Value);
            if (await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Update(id, DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    private static bool IsId(string id) => id is { Length: > 0 and <= 100 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);
}
