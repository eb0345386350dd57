using System.Collections.Concurrent;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Local.Executions;

/// <summary>
/// The records written last, as committed, so that looking at a live execution costs no query. Few of the ended ones are kept: they carry
/// outputs, and soon nobody asks for them. A deletion is remembered too, because news of an earlier write may arrive after it; the newest
/// revision wins in whatever order they come.
/// </summary>
internal sealed class RecentRecords(int unfinished, int ended)
{
    private const long Deleted = long.MaxValue;

    private readonly ConcurrentDictionary<ExecutionId, Entry> _entries = [];
    private readonly ConcurrentQueue<ExecutionId> _unfinished = [];
    private readonly ConcurrentQueue<ExecutionId> _ended = [];

    public bool TryFind(ExecutionId id, out ExecutionRecord? record)
    {
        bool found = _entries.TryGetValue(id, out Entry entry);
        record = entry.Record;
        return found;
    }

    public void Put(ExecutionRecord record)
    {
        if (record.Status.IsFinal())
        {
            Put(record.Id, new Entry(record.Revision, record), _ended, ended);
        }
        else
        {
            Put(record.Id, new Entry(record.Revision, record), _unfinished, unfinished);
        }
    }

    /// <summary>Shows a change of the known revision before it is written.</summary>
    /// <returns>False if there is a newer revision, or a deletion.</returns>
    public bool TryNote(ExecutionRecord record)
    {
        while (_entries.TryGetValue(record.Id, out Entry known))
        {
            if (known.Revision != record.Revision)
            {
                return false;
            }
            if (_entries.TryUpdate(record.Id, new Entry(record.Revision, record), known))
            {
                return true;
            }
        }
        Put(record);
        return TryFind(record.Id, out ExecutionRecord? kept) && ReferenceEquals(kept, record);
    }

    public void PutDeleted(ExecutionId id) => Put(id, new Entry(Deleted, null), _ended, ended);

    /// <summary>Except of a deletion, which nothing can follow.</summary>
    public void Forget(ExecutionId id)
    {
        if (_entries.TryGetValue(id, out Entry entry) && entry.Record is not null)
        {
            _entries.TryRemove(KeyValuePair.Create(id, entry));
        }
    }

    private void Put(ExecutionId id, Entry entry, ConcurrentQueue<ExecutionId> queue, int capacity)
    {
        bool isNew = false;
        Entry kept = _entries.AddOrUpdate(
            id,
            _ =>
            {
                isNew = true;
                return entry;
            },
            (_, known) =>
            {
                isNew = false;
                return known.Revision >= entry.Revision ? known : entry;
            });
        if (kept == entry && (isNew || queue == _ended))
        {
            queue.Enqueue(id);
        }
        while (queue.Count > capacity && queue.TryDequeue(out ExecutionId oldest))
        {
            _entries.TryRemove(oldest, out _);
        }
    }

    private readonly record struct Entry(long Revision, ExecutionRecord? Record)
    {
        // By reference: records are compared field by field otherwise, and two of one revision are the same write.
        public bool Equals(Entry other) => Revision == other.Revision && ReferenceEquals(Record, other.Record);

        public override int GetHashCode() => Revision.GetHashCode();
    }
}
