using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Storage.Documents;

/// <summary>How documents stand in stores: names are a contract with what earlier releases wrote.</summary>
public static class DocumentJson
{
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, OrchestrationJson.Options);

    public static T Read<T>(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonSerializer.Deserialize<T>(document.Json, OrchestrationJson.Options)!;
    }

    public static async Task<(T Value, long Revision)?> FindAsync<T>(this IDocumentStore store, DocumentPartition partition, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.FindAsync(partition, id, cancellationToken) is { } found ? (Read<T>(found), found.Revision) : null;
    }

    /// <summary>Every document of a range, page by page.</summary>
    public static async IAsyncEnumerable<Document> ListAllAsync(
        this IDocumentStore store, DocumentPartition partition, string? prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        const int Page = 500;
        string? after = null;
        while (true)
        {
            IReadOnlyList<Document> page = await store.ListAsync(partition, new DocumentRange(Page, after, prefix), cancellationToken);
            foreach (Document document in page)
            {
                yield return document;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }
}
