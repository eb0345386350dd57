using System.Text;

namespace CodeExec.Core.Storage.Documents;

/// <summary>What every store of documents refuses in the same words.</summary>
public static class DocumentRules
{
    private const int MostBytes = 2 << 20;

    /// <exception cref="ArgumentException">Ours to mend: keys are made by us, and sizes are checked before.</exception>
    public static void Check(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        CheckKey(partition);
        if (writes.Count > IDocumentStore.MostWrites || writes.Sum(write => (long)(write.Json?.Length ?? 0)) > MostBytes)
        {
            throw new ArgumentException($"One call may write {IDocumentStore.MostWrites} documents of {MostBytes} bytes together at most.", nameof(writes));
        }

        foreach (DocumentWrite write in writes)
        {
            CheckKey(write.Id);
            if (write.Json?.Length > IDocumentStore.LargestDocument)
            {
                throw new ArgumentException($"Document '{write.Id}' has {write.Json.Length} bytes; {IDocumentStore.LargestDocument} are the most. Put large parts in a blob.", nameof(writes));
            }
        }

        if (writes.DistinctBy(write => write.Id, StringComparer.Ordinal).Count() != writes.Count)
        {
            throw new ArgumentException("One call may write each document once.", nameof(writes));
        }
    }

    public static void CheckKey(DocumentPartition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        CheckKey(partition.Collection);
        CheckKey(partition.Key);
    }

    // The characters that every store of ours can have in a key, unescaped, and sort in the same way.
    private static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (Encoding.UTF8.GetByteCount(key) > IDocumentStore.LongestKey || key.AsSpan().ContainsAnyExceptInRange(' ', '~') || key.AsSpan().IndexOfAny("/\\#?%") >= 0)
        {
            throw new ArgumentException($"'{key}' is not a key of documents: 1 to {IDocumentStore.LongestKey} characters of ASCII without / \\ # ? %.", nameof(key));
        }
    }
}
