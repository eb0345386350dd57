using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Storage.Documents;

/// <summary>
/// Ids for what is about to be made, one for each idempotency key: whoever comes with the key again gets the same id, and finds what was made,
/// or makes it.
/// </summary>
public sealed class ReservedIds(IDocumentStore documents, TimeProvider clock)
{
    private const string Collection = "reserved-ids";

    /// <returns>Null: the key was used for another request.</returns>
    public async Task<ReservedId?> ReserveAsync(TenantId tenant, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        string fresh = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
        if (key is null)
        {
            return new ReservedId(fresh, IsRepeated: false);
        }

        Reservation reservation = new(fresh, key.Fingerprint);
        while (true)
        {
            if (await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Create(NameOf(key), DocumentJson.Write(reservation))], cancellationToken))
            {
                return new ReservedId(fresh, IsRepeated: false);
            }

            if (await documents.FindAsync<Reservation>(Of(tenant), NameOf(key), cancellationToken) is { } found)
            {
                return found.Value.Fingerprint == key.Fingerprint ? new ReservedId(found.Value.Id, IsRepeated: true) : null;
            }
        }
    }

    /// <returns>Null if the key was not used.</returns>
    public async Task<string?> FindAsync(TenantId tenant, IdempotencyKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (await documents.FindAsync<Reservation>(Of(tenant), NameOf(key), cancellationToken))?.Value.Id;
    }

    /// <summary>Nothing was made, or it is gone: the key is free again.</summary>
    public Task ReleaseAsync(TenantId tenant, IdempotencyKey? key, CancellationToken cancellationToken)
        => key is null ? Task.CompletedTask : documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(NameOf(key))], cancellationToken);

    /// <summary>Nothing was made: the key is free again, unless it is that of an earlier request, which may be making something right now.</summary>
    public Task GiveBackAsync(TenantId tenant, IdempotencyKey? key, ReservedId reserved)
    {
        ArgumentNullException.ThrowIfNull(reserved);
        return reserved.IsRepeated ? Task.CompletedTask : ReleaseAsync(tenant, key, CancellationToken.None);
    }

    /// <summary>Frees the keys of all tenants that were used before a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach (string tenant in documents.ListPartitionsAsync(Collection, cancellationToken))
        {
            // Their names are hashes: all have to be looked at.
            await foreach (Document document in documents.ListAllAsync(new(Collection, tenant), null, cancellationToken))
            {
                if (OldDocuments.TimeOf(DocumentJson.Read<Reservation>(document).Id) < before)
                {
                    deleted += await documents.TryWriteAsync(new(Collection, tenant), [DocumentWrite.Delete(document.Id, document.Revision)], cancellationToken) ? 1 : 0;
                }
            }
        }

        return deleted;
    }

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);

    // A client's key may have any character, also such as no store takes.
    private static string NameOf(IdempotencyKey key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)));

    private sealed record Reservation(string Id, string Fingerprint);
}

/// <param name="Id">Sorts by the time it was made.</param>
/// <param name="IsRepeated">The key was seen before; what it made may be there, or not yet.</param>
public sealed record ReservedId(string Id, bool IsRepeated);
