using System.Runtime.CompilerServices;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Operations.Retention;

/// <summary>Documents of all tenants whose ids sort by the time they were made, the oldest first: looking for old ones costs what is old.</summary>
internal static class OldDocuments
{
    /// <param name="created">When a document was made, by its id and content.</param>
    public static async IAsyncEnumerable<(TenantId Tenant, Document Document)> ListAsync(
        IDocumentStore documents,
        string collection,
        string? prefix,
        Func<Document, DateTimeOffset> created,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string tenant in documents.ListPartitionsAsync(collection, cancellationToken))
        {
            await foreach (Document document in documents.ListAllAsync(new DocumentPartition(collection, tenant), prefix, cancellationToken))
            {
                if (created(document) >= before)
                {
                    break; // those after it are younger
                }

                yield return (new TenantId(tenant), document);
            }
        }
    }

    /// <summary>When an id of ours was made: the first 48 bits are milliseconds.</summary>
    public static DateTimeOffset TimeOf(string id)
        => Guid.TryParseExact(id, "n", out Guid guid) && guid.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, 12), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture))
            : DateTimeOffset.MinValue;
}
