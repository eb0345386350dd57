using CodeExec.Core.Storage.Documents;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Documents whose first write comes only after something else has happened.</summary>
internal sealed class LateDocuments(IDocumentStore documents) : IDocumentStore
{
    public Func<Task>? BeforeTheFirst { get; set; }

    public async Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        if (BeforeTheFirst is { } before)
        {
            BeforeTheFirst = null;
            await before();
        }

        return await documents.TryWriteAsync(partition, writes, cancellationToken);
    }

    public Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken) => documents.FindAsync(partition, id, cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken)
        => documents.ListAsync(partition, range, cancellationToken);

    public IAsyncEnumerable<string> ListPartitionsAsync(string collection, CancellationToken cancellationToken) => documents.ListPartitionsAsync(collection, cancellationToken);

    public Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken) => documents.DeleteAllAsync(partition, cancellationToken);
}
