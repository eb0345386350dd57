using System.Runtime.CompilerServices;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Executions;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Progress;

/// <summary>Where feeds lie: the beginning, or all of a short one, in a row; what follows in a file. Entries in both are the same.</summary>
internal sealed class FeedStorage(SqliteDatabase database, DataFolder folder)
{
    public string FileOf(ExecutionId id)
    {
        string name = id.ToString();
        return Path.Combine(folder.Logs, name[^2..], name + ".ndjson"); // the last digits: the first ones are a time, and alike
    }

    public List<LogEntry> ReadRow(ExecutionId id)
    {
        byte[]? row = database.Read(context => (byte[]?)context.Scalar("SELECT entries FROM feeds WHERE id = $id", ("$id", ExecutionRows.KeyOf(id))));
        List<LogEntry> entries = [];
        ReadOnlySpan<byte> rest = row;
        while (rest.IndexOf(FeedLine.End) is >= 0 and int length && FeedLine.Read(rest[..length]) is { } entry)
        {
            entries.Add(entry);
            rest = rest[(length + 1)..];
        }
        return entries;
    }

    public static Action<SqliteWriteContext> Row(ExecutionId id, IReadOnlyCollection<LogEntry> entries)
    {
        byte[] lines = FeedLine.Write(entries).WrittenSpan.ToArray();
        return context => context.Execute(
            "INSERT INTO feeds(id, entries) VALUES($id, $entries) ON CONFLICT(id) DO UPDATE SET entries = $entries",
            ("$id", ExecutionRows.KeyOf(id)),
            ("$entries", lines));
    }

    /// <summary>Durable when it returns.</summary>
    public Task WriteAsync(Action<SqliteWriteContext> work, CancellationToken cancellationToken) => database.WriteAsync(work, cancellationToken);

    public async Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        await database.WriteAsync(context => context.Execute("DELETE FROM feeds WHERE id = $id", ("$id", ExecutionRows.KeyOf(id))), cancellationToken);
        DurableFiles.Delete(FileOf(id));
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The file before the row: it goes away only when a row that holds all of it is there.
        using FileStream? file = TryOpen(FileOf(id));
        long last = after;
        foreach (LogEntry entry in ReadRow(id))
        {
            if (entry.Sequence > last)
            {
                last = entry.Sequence;
                yield return entry;
            }
        }
        if (file is null)
        {
            yield break;
        }
        await foreach (LogEntry entry in new FeedFileReader(file.SafeFileHandle).ReadAfterAsync(last, cancellationToken))
        {
            yield return entry;
        }
    }

    private static FileStream? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return DurableFiles.OpenRead(path);
        }
        catch (FileNotFoundException)
        {
            return null; // it became a row between the two looks
        }
    }
}
