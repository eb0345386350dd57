using CodeExec.Core.Progress;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Progress;

/// <summary>The end of a feed, in one commit with something else.</summary>
internal sealed partial class Feed
{
    /// <summary>
    /// Writes the whole feed and its last entries as a row, in one commit with something else. Readers see those entries after it.
    /// </summary>
    /// <param name="commit">Makes a commit of the row's write and its own; false if nothing was written.</param>
    /// <returns>Null if the feed is too long for a row.</returns>
    public async Task<bool?> TryEndAsync(IReadOnlyList<LogEntry> last, Func<Action<SqliteWriteContext>, Task<bool>> commit, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            LogEntry[] all;
            lock (_gate)
            {
                if (_state == FeedState.Gone || _tail.First > 1 || _tail.Bytes + last.Sum(FeedTail.BytesOf) > Short)
                {
                    return null;
                }
                all = [.. _tail.After(0), .. last.Select((entry, index) => entry with { Sequence = _tail.Last + 1 + index })];
            }
            if (!await commit(_kept.Row(all)))
            {
                return false;
            }
            lock (_gate)
            {
                foreach (LogEntry entry in all.Skip((int)_tail.Last))
                {
                    _tail.Add(entry);
                }
                _tail.MarkWritten(_tail.Last);
            }
            _kept.RowIsWritten(all[^1].Sequence);
            return true;
        }
        finally
        {
            _saving.Release();
        }
    }
}
