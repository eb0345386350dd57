using CodeExec.Core.Queues;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Queues;

/// <summary>Queues in SQLite. Taking is a write as well, so that nobody takes what another has.</summary>
public sealed class SqliteWorkQueue : IWorkQueue
{
    private const string Owner = "queues";
    private const int MostPeeked = 32;

    private const string First = """
        CREATE TABLE queue_messages(
            number INTEGER PRIMARY KEY, queue TEXT NOT NULL, id TEXT NOT NULL, receipt TEXT NOT NULL, tries INTEGER NOT NULL,
            sent INTEGER NOT NULL, visible INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX queue_messages_visible ON queue_messages(queue, visible);
        CREATE INDEX queue_messages_receipt ON queue_messages(id, receipt);
        """;

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly int _maxTries;

    private SqliteWorkQueue(SqliteDatabase database, TimeProvider clock, int maxTries)
    {
        _database = database;
        _clock = clock;
        _maxTries = maxTries;
    }

    public static async Task<SqliteWorkQueue> OpenAsync(SqliteDatabase database, QueueOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        await database.MigrateAsync(Owner, [First], cancellationToken);
        return new(database, clock, options.MaxTries);
    }

    public Task SendAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        long now = Now;
        byte[] bytes = body.ToArray();
        return _database.WriteAsync(
            context => context.Execute(
                "INSERT INTO queue_messages(queue, id, receipt, tries, sent, visible, body) VALUES($queue, $id, '', 0, $sent, $visible, $body)",
                ("$queue", queue),
                ("$id", Guid.NewGuid().ToString("n")),
                ("$sent", now),
                ("$visible", now + delay.Ticks),
                ("$body", bytes)),
            cancellationToken);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        long now = Now;
        if (_database.Read(context => context.Scalar("SELECT 1 FROM queue_messages WHERE queue = $queue AND visible <= $now LIMIT 1", ("$queue", queue), ("$now", now))) is null)
        {
            return []; // looking costs no write
        }
        return await _database.WriteAsync<IReadOnlyList<QueueMessage>>(context => Take(context, queue, limit, now, now + hiddenFor.Ticks), cancellationToken);
    }

    public Task<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        string receipt = Guid.NewGuid().ToString("n");
        long visible = Now + hiddenFor.Ticks;
        return _database.WriteAsync(
            context => context.Execute(
                "UPDATE queue_messages SET receipt = $new, visible = $visible WHERE id = $id AND receipt = $receipt",
                ("$new", receipt),
                ("$visible", visible),
                ("$id", message.Id),
                ("$receipt", message.Receipt)) > 0 ? message with { Receipt = receipt } : null,
            cancellationToken);
    }

    public Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _database.WriteAsync(
            context => context.Execute("DELETE FROM queue_messages WHERE id = $id AND receipt = $receipt", ("$id", message.Id), ("$receipt", message.Receipt)) > 0,
            cancellationToken);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int limit, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        long now = Now;
        return Task.FromResult<IReadOnlyList<QueueMessage>>(_database.Read(context => context.List(
            "SELECT id, tries, sent, body FROM queue_messages WHERE queue = $queue AND visible <= $now ORDER BY visible, number LIMIT $limit",
            row => new QueueMessage(queue, row.GetString(0), "", row.GetInt32(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero), row.GetFieldValue<byte[]>(3)),
            ("$queue", queue),
            ("$now", now),
            ("$limit", Math.Min(limit, MostPeeked)))));
    }

    public Task<QueueMessage?> TakeAsync(string queue, string id, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        long now = Now;
        return _database.WriteAsync(
            context =>
            {
                string receipt = Guid.NewGuid().ToString("n");
                int taken = context.Execute(
                    "UPDATE queue_messages SET receipt = $receipt, tries = tries + 1, visible = $until WHERE queue = $queue AND id = $id AND visible <= $now",
                    ("$receipt", receipt),
                    ("$until", now + hiddenFor.Ticks),
                    ("$queue", queue),
                    ("$id", id),
                    ("$now", now));
                return taken == 0 ? null : context.List(
                    "SELECT tries, sent, body FROM queue_messages WHERE id = $id AND receipt = $receipt",
                    row => new QueueMessage(queue, id, receipt, row.GetInt32(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetFieldValue<byte[]>(2)),
                    ("$id", id),
                    ("$receipt", receipt))[0];
            },
            cancellationToken);
    }

    public Task<long> CountAsync(string queue, CancellationToken cancellationToken)
        => Task.FromResult((long)_database.Read(context => context.Scalar("SELECT count(*) FROM queue_messages WHERE queue = $queue", ("$queue", queue)))!);

    private long Now => _clock.GetUtcNow().UtcTicks;

    private List<QueueMessage> Take(SqliteWriteContext context, string queue, int limit, long now, long hiddenUntil)
    {
        if (!QueueNames.IsPoison(queue))
        {
            context.Execute(
                "UPDATE queue_messages SET queue = $poison, receipt = '', tries = 0 WHERE queue = $queue AND visible <= $now AND tries >= $most",
                ("$poison", QueueNames.PoisonOf(queue)),
                ("$queue", queue),
                ("$now", now),
                ("$most", _maxTries));
        }
        List<(long Number, QueueMessage Message)> found = context.List(
            "SELECT number, id, tries, sent, body FROM queue_messages WHERE queue = $queue AND visible <= $now ORDER BY visible, number LIMIT $limit",
            row => (
                row.GetInt64(0),
                new QueueMessage(queue, row.GetString(1), Guid.NewGuid().ToString("n"), row.GetInt32(2) + 1, new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero), row.GetFieldValue<byte[]>(4))),
            ("$queue", queue),
            ("$now", now),
            ("$limit", limit));
        foreach ((long number, QueueMessage message) in found)
        {
            context.Execute(
                "UPDATE queue_messages SET receipt = $receipt, tries = tries + 1, visible = $visible WHERE number = $number",
                ("$receipt", message.Receipt),
                ("$visible", hiddenUntil),
                ("$number", number));
        }
        return [.. found.Select(each => each.Message)];
    }
}
