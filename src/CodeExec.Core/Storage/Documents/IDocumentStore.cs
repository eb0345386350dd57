namespace CodeExec.Core.Storage.Documents;

/// <summary>
/// Small JSON documents: problems, batches, deliveries. They lie in partitions, and within one they are sorted by id. What is large
/// belongs in a blob. A method returns after its write is durable.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Of ids and partition keys, in bytes of UTF-8.</summary>
    const int LongestKey = 256;

    /// <summary>Of one document.</summary>
    const int LargestDocument = 256 * 1024;

    /// <summary>In one call of <see cref="TryWriteAsync"/>; all of them together may have 2 MiB.</summary>
    const int MostWrites = 100;

    Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken);

    /// <summary>All of the writes, or none: none if one of them expects another revision than is stored. Each id may stand there once.</summary>
    /// <returns>False if nothing was written: read again and decide anew.</returns>
    Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken);

    /// <summary>In the order of ids (by their bytes), or against it.</summary>
    Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken);

    /// <summary>The keys of a collection's partitions that have documents, in the order of their bytes.</summary>
    IAsyncEnumerable<string> ListPartitionsAsync(string collection, CancellationToken cancellationToken);

    /// <summary>Forgets all documents of a partition. One that is gone already counts as deleted.</summary>
    Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken);
}

/// <param name="Collection">What kind of documents: a constant of ours.</param>
/// <param name="Key">Whose they are: a tenant, or a batch.</param>
public sealed record DocumentPartition(string Collection, string Key);

/// <param name="Revision">Of the document: changes with each write.</param>
public sealed record Document(string Id, byte[] Json, long Revision);

public sealed record DocumentWrite
{
    private DocumentWrite(string id, byte[]? json, long? expected)
    {
        Id = id;
        Json = json;
        Expected = expected;
    }

    public string Id { get; }

    /// <summary>Null deletes.</summary>
    public byte[]? Json { get; }

    /// <summary>The revision that must be stored; 0: there must be none; null: whatever is there.</summary>
    public long? Expected { get; }

    public static DocumentWrite Create(string id, byte[] json) => new(id, json, 0);

    public static DocumentWrite Update(string id, byte[] json, long revision) => new(id, json, revision);

    /// <summary>Creates or replaces.</summary>
    public static DocumentWrite Put(string id, byte[] json) => new(id, json, null);

    public static DocumentWrite Delete(string id, long? revision = null) => new(id, null, revision);
}

/// <param name="After">Begins behind this id (before it, when <paramref name="Descending"/>); null: from the first.</param>
/// <param name="Prefix">Only ids that begin so.</param>
public sealed record DocumentRange(int Limit, string? After = null, string? Prefix = null, bool Descending = false);
