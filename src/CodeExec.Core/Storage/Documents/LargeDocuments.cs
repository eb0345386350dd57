using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Storage.Documents;

/// <summary>Records of one kind, by tenant and id, that may outgrow a document: what is large stands in a blob that the document names.</summary>
public sealed class LargeDocuments<T>(IDocumentStore documents, IBlobStore blobs, string collection)
    where T : class
{
    private const int MostInDocument = 64 * 1024;

    public async Task<(T Value, long Revision)?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => await documents.FindAsync(Of(tenant), id, cancellationToken) is { } document && await ReadAsync(document, cancellationToken) is { } value ? (value, document.Revision) : null;

    /// <summary>In the order of their ids, or against it.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(TenantId tenant, DocumentRange range, CancellationToken cancellationToken)
    {
        List<T> values = [];
        foreach (Document document in await documents.ListAsync(Of(tenant), range, cancellationToken))
        {
            if (await ReadAsync(document, cancellationToken) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <param name="revision">That must be stored; 0: there must be none.</param>
    /// <returns>False if something else is stored: read again and decide anew.</returns>
    public async Task<bool> TryWriteAsync(TenantId tenant, string id, T value, long revision, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, OrchestrationJson.Options);
        string? blob = json.Length > MostInDocument ? $"{Prefix(tenant, id)}{Guid.NewGuid():n}" : null;
        if (blob is not null)
        {
            await blobs.WriteAsync(blob, json, cancellationToken);
        }

        string? before = await documents.FindAsync(Of(tenant), id, cancellationToken) is { } old ? BlobOf(old) : null;
        byte[] document = blob is null ? json : JsonSerializer.SerializeToUtf8Bytes(new Pointer(blob), OrchestrationJson.Options);
        bool written = await documents.TryWriteAsync(Of(tenant), [revision == 0 ? DocumentWrite.Create(id, document) : DocumentWrite.Update(id, document, revision)], cancellationToken);
        if ((written ? before : blob) is { } unused)
        {
            await blobs.DeleteAsync(unused, cancellationToken);
        }

        return written;
    }

    public async Task DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id)], cancellationToken);
        await blobs.DeleteAsync(Prefix(tenant, id), cancellationToken);
    }

    private async Task<T?> ReadAsync(Document document, CancellationToken cancellationToken)
    {
        if (BlobOf(document) is not { } blob)
        {
            return DocumentJson.Read<T>(document);
        }

        await using Stream? stored = await blobs.OpenReadAsync(blob, cancellationToken);
        return stored is null ? null : await JsonSerializer.DeserializeAsync<T>(stored, OrchestrationJson.Options, cancellationToken); // null: deleted meanwhile
    }

    private static string? BlobOf(Document document) => document.Json.AsSpan().StartsWith("{\"largeDocument\":"u8) ? DocumentJson.Read<Pointer>(document).LargeDocument : null;

    private DocumentPartition Of(TenantId tenant) => new(collection, tenant.Value);

    private string Prefix(TenantId tenant, string id) => $"{collection}/{BlobKey.Segment(tenant.Value)}/{BlobKey.Segment(id)}/";

    private sealed record Pointer(string LargeDocument);
}
