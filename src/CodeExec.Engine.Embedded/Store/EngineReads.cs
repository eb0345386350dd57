using System.Globalization;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Engine.Embedded.Store;

/// <summary>What the engine reads, each from one snapshot.</summary>
internal sealed class EngineReads(SqliteDatabase database)
{
    private const string RowColumns = "no, id, name, state, priority, created, run, first_task, parent, parent_run, parent_task, input, custom";

    private const string StatusColumns =
        """
        no, id, name, state, created,
        max(updated, coalesce((SELECT at FROM history h WHERE h.instance = i.no AND h.run = i.run ORDER BY seq DESC LIMIT 1), 0)),
        output, custom, failure
        """;

    /// <summary>The highest number given to an instance, and to a piece of mail.</summary>
    public (long Instance, long Mail) LastNumbers() => database.Read(context => (
        Convert.ToInt64(context.Scalar("SELECT max(no) FROM instances") ?? 0L, null),
        Convert.ToInt64(context.Scalar("SELECT max(no) FROM mailbox") ?? 0L, null)));

    public List<(string Name, InstanceState State, int Count)> CountUnended() => database.Read(context => context.List(
        "SELECT name, state, count(*) FROM instances WHERE state <> 2 AND state IN (0, 1) GROUP BY name, state",
        row => (row.GetString(0), (InstanceState)row.GetInt32(1), row.GetInt32(2))));

    public InstanceRow? FindRow(string id) => database.Read(context => context.Find($"SELECT {RowColumns} FROM instances WHERE id = $id", ToRow, ("$id", id)));

    public InstanceRow? FindRow(long no) => database.Read(context => context.Find($"SELECT {RowColumns} FROM instances WHERE no = $no", ToRow, ("$no", no)));

    /// <summary>Those that had begun when the host went down, oldest first.</summary>
    public List<long> Unfinished(InstanceState state, long after, int limit) => database.Read(context => context.List(
        "SELECT no FROM instances WHERE state <> 2 AND state = $state AND no > $after ORDER BY no LIMIT $limit",
        row => row.GetInt64(0),
        ("$state", (int)state), ("$after", after), ("$limit", limit)));

    /// <summary>Who is next: by priority, then by age.</summary>
    public List<long> Waiting(string orchestration, int limit) => database.Read(context => context.List(
        "SELECT no FROM instances WHERE state = 0 AND name = $name ORDER BY priority DESC, no LIMIT $limit",
        row => row.GetInt64(0),
        ("$name", orchestration), ("$limit", limit)));

    public (List<HistoryEvent> History, List<StoredMail> Mail) Load(long no, int run) => database.Read(context => (
        context.List("SELECT kind, task, name, payload, at, epoch FROM history WHERE instance = $no AND run = $run ORDER BY seq", row => ToEvent(row, 0), ("$no", no), ("$run", run)),
        context.List("SELECT no, kind, task, name, payload, at, epoch FROM mailbox WHERE instance = $no ORDER BY no", row => new StoredMail(row.GetInt64(0), ToEvent(row, 1)), ("$no", no))));

    /// <summary>What became of the sub-orchestrations of a run: id, call and, if it has ended, its status.</summary>
    public List<(int TaskId, InstanceStatus Status)> Children(long parent, int run) => database.Read(context => context.List(
        $"SELECT {StatusColumns}, parent_task FROM instances i WHERE parent = $parent AND parent_run = $run",
        row => (row.GetInt32(9), ToStatus(row)),
        ("$parent", parent), ("$run", run)));

    public InstanceStatus? FindStatus(string id) => database.Read(context => context.Find($"SELECT {StatusColumns} FROM instances i WHERE id = $id", ToStatus, ("$id", id)));

    public InstancePage List(InstanceQuery query)
    {
        long before = query.Cursor is { } cursor && long.TryParse(cursor, CultureInfo.InvariantCulture, out long no) ? no : long.MaxValue;
        int limit = Math.Clamp(query.Limit, 1, 1_000);
        // The state stands in the text and not in a parameter: SQLite uses the partial index only if it can see that it applies.
        string state = query.State switch
        {
            null => "",
            InstanceState.Completed => "AND state = 2",
            { } other => string.Create(CultureInfo.InvariantCulture, $"AND state <> 2 AND state = {(int)other}"),
        };
        string name = query.Orchestration is null ? "" : "AND name = $name";
        List<(long No, InstanceStatus Status)> found = database.Read(context => context.List(
            $"SELECT {StatusColumns} FROM instances i WHERE no < $before {state} {name} ORDER BY no DESC LIMIT $limit",
            row => (row.GetInt64(0), ToStatus(row)),
            query.Orchestration is { } wanted ? [("$before", before), ("$limit", limit + 1), ("$name", wanted)] : [("$before", before), ("$limit", limit + 1)]));
        List<(long No, InstanceStatus Status)> page = [.. found.Take(limit)];
        return new([.. page.Select(item => item.Status)], found.Count > limit ? page[^1].No.ToString(CultureInfo.InvariantCulture) : null);
    }

    public static InstanceRow ToRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        (InstanceState)row.GetInt32(3),
        row.GetInt32(4),
        ToTime(row.GetInt64(5)),
        row.GetInt32(6),
        row.GetInt32(7),
        row.IsDBNull(8) ? null : new ParentTask(row.GetInt64(8), row.GetInt32(9), row.GetInt32(10)),
        row.GetString(11),
        TextOrNull(row, 12));

    private static InstanceStatus ToStatus(SqliteDataReader row) => new(
        row.GetString(1),
        row.GetString(2),
        (InstanceState)row.GetInt32(3),
        ToTime(row.GetInt64(4)),
        ToTime(row.GetInt64(5)),
        TextOrNull(row, 6),
        TextOrNull(row, 7),
        row.IsDBNull(8) ? null : EngineJson.Read<FailureDetails>(row.GetString(8)));

    private static HistoryEvent ToEvent(SqliteDataReader row, int first) => new(
        (HistoryEventKind)row.GetInt32(first),
        row.GetInt32(first + 1),
        TextOrNull(row, first + 2),
        TextOrNull(row, first + 3),
        ToTime(row.GetInt64(first + 4)),
        row.GetInt64(first + 5));

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset ToTime(long ticks) => new(ticks, TimeSpan.Zero);
}
