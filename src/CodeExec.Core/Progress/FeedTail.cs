using System.Runtime.InteropServices;

namespace CodeExec.Core.Progress;

/// <summary>
/// The end of a feed in memory: all that is not written yet, and of the rest what live viewers are likely to ask for. Its owner guards it.
/// </summary>
public sealed class FeedTail
{
    private const int BytesKeptAfterWriting = 128 * 1024;
    private const int BytesOfAnEmptyEntry = 120;

    private readonly List<LogEntry> _entries = [];
    private long _bytes;

    /// <summary>The sequence of the first entry here; one more than <see cref="Last"/> when there is none.</summary>
    public long First { get; private set; } = 1;

    public long Last => First + _entries.Count - 1;

    /// <summary>The last entry that stands in a row or a file.</summary>
    public long Written { get; private set; }

    /// <summary>About so much memory do the entries take that are not written.</summary>
    public long UnwrittenBytes { get; private set; }

    public long Bytes => _bytes;

    /// <summary>Begins behind what is stored already.</summary>
    public void StartAfter(long sequence)
    {
        First = sequence + 1;
        Written = sequence;
    }

    public void Add(LogEntry entry)
    {
        _entries.Add(entry);
        long bytes = BytesOf(entry);
        _bytes += bytes;
        UnwrittenBytes += bytes;
    }

    /// <param name="after">Not before <see cref="First"/> - 1.</param>
    public LogEntry[] After(long after, int limit = int.MaxValue)
    {
        int from = (int)Math.Min(Math.Max(after + 1 - First, 0), _entries.Count);
        return CollectionsMarshal.AsSpan(_entries).Slice(from, Math.Min(limit, _entries.Count - from)).ToArray();
    }

    public void MarkWritten(long sequence)
    {
        for (long written = Written + 1; written <= sequence; written++)
        {
            UnwrittenBytes -= BytesOf(_entries[(int)(written - First)]);
        }
        Written = Math.Max(Written, sequence);
        Trim();
    }

    public static long BytesOf(LogEntry entry) => BytesOfAnEmptyEntry + (2L * entry.Message.Length) + (entry.Bytes?.Length ?? 0);

    private void Trim()
    {
        int drop = 0;
        while (_bytes - UnwrittenBytes > BytesKeptAfterWriting && First + drop <= Written)
        {
            _bytes -= BytesOf(_entries[drop++]);
        }
        _entries.RemoveRange(0, drop);
        First += drop;
    }
}
