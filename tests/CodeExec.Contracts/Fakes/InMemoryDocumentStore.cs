using CodeExec.Core.Storage.Documents;

namespace CodeExec.Contracts.Fakes;

/// <summary>Documents in memory.</summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DocumentPartition, SortedDictionary<string, Document>> _partitions = [];

    public Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken)
    {
        DocumentRules.CheckKey(partition);
        lock (_gate)
        {
            return Task.FromResult(_partitions.GetValueOrDefault(partition)?.GetValueOrDefault(id));
        }
    }

    public Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentRules.Check(partition, writes);
        lock (_gate)
        {
            if (!_partitions.TryGetValue(partition, out SortedDictionary<string, Document>? documents))
            {
                _partitions.Add(partition, documents = new(StringComparer.Ordinal));
            }

            long Stored(string id) => documents.TryGetValue(id, out Document? found) ? found.Revision : 0;
            if (writes.Any(write => write.Expected is { } expected && expected != Stored(write.Id)))
            {
                return Task.FromResult(false);
            }

            foreach (DocumentWrite write in writes)
            {
                if (write.Json is null)
                {
                    documents.Remove(write.Id);
                }
                else
                {
                    documents[write.Id] = new Document(write.Id, [.. write.Json], Stored(write.Id) + 1);
                }
            }

            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        DocumentRules.CheckKey(partition);
        lock (_gate)
        {
            IEnumerable<Document> all = _partitions.TryGetValue(partition, out SortedDictionary<string, Document>? documents) ? [.. documents.Values] : [];
            all = range.Descending ? all.Reverse() : all;
            return Task.FromResult<IReadOnlyList<Document>>([.. all
                .Where(document => document.Id.StartsWith(range.Prefix ?? "", StringComparison.Ordinal))
                .Where(document => range.After is null || string.CompareOrdinal(document.Id, range.After) * (range.Descending ? -1 : 1) > 0)
                .Take(range.Limit)]);
        }
    }

    public IAsyncEnumerable<string> ListPartitionsAsync(string collection, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _partitions.Where(one => one.Key.Collection == collection && one.Value.Count > 0).Select(one => one.Key.Key).Order(StringComparer.Ordinal).ToArray().ToAsyncEnumerable();
        }
    }

    public Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken)
    {
        DocumentRules.CheckKey(partition);
        lock (_gate)
        {
            _partitions.Remove(partition);
            return Task.CompletedTask;
        }
    }
}
