using System.Collections.Concurrent;
using CodeExec.Core.Executions;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>
/// Changes that are shown but not written yet. Most are overtaken by the end of their execution and never are; those that are not are
/// written together, a moment later.
/// </summary>
internal sealed class NotedRecords : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<ExecutionId, Note> _notes = [];
    private readonly ITimer _timer;
    private int _isSet;

    public NotedRecords(SqliteDatabase database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _timer = clock.CreateTimer(_ => _ = WriteInBackgroundAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(ExecutionRecord record)
    {
        _notes[record.Id] = new Note(record, _clock.GetTimestamp());
        SetTimer();
    }

    /// <summary>Something newer was written.</summary>
    public void Forget(ExecutionId id) => _notes.TryRemove(id, out _);

    /// <summary>Writes all that was noted before this call, if the store takes it: else it is tried again, and readers see what was before.</summary>
    public Task TryWriteAsync(CancellationToken cancellationToken) => TryWriteAsync([.. _notes], cancellationToken);

    public void Dispose() => _timer.Dispose();

    private async Task TryWriteAsync(IReadOnlyList<KeyValuePair<ExecutionId, Note>> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }
        List<(ExecutionRecord Record, byte[] Json)> rows = [.. notes.Select(note => (note.Value.Record, ExecutionRows.JsonOf(note.Value.Record)))];
        try
        {
            await _database.WriteAsync(context => rows.ForEach(row => ExecutionRows.Update(context, row.Record, row.Record.Revision, row.Json)), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            SetTimer(); // whoever has something to lose by it is told; a note can wait
            return;
        }
        foreach (KeyValuePair<ExecutionId, Note> note in notes)
        {
            _notes.TryRemove(note);
        }
    }

    private void SetTimer()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _timer.Change(Age, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WriteInBackgroundAsync()
    {
        Volatile.Write(ref _isSet, 0);
        try
        {
            // Only those that have had their time: under load the others end before they would be written.
            await TryWriteAsync([.. _notes.Where(note => _clock.GetElapsedTime(note.Value.At) >= Age)], CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            return; // the database was closed: a note may be lost, that is what makes it one
        }
        if (!_notes.IsEmpty)
        {
            SetTimer();
        }
    }

    /// <summary>A class, so that two notes are never taken for one.</summary>
    private sealed class Note(ExecutionRecord record, long at)
    {
        public ExecutionRecord Record { get; } = record;

        public long At { get; } = at;
    }
}
