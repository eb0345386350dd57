using CodeExec.Core.Queues;

namespace CodeExec.Contracts.Fakes;

/// <summary>Queues that behave, without a disk.</summary>
public sealed class InMemoryWorkQueue(TimeProvider clock, int maxTries = 5) : IWorkQueue
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _messages = [];
    private long _receipts;

    public Task SendAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            _messages.Add(new Waiting(queue, Guid.NewGuid().ToString("n"), now, body.ToArray()) { VisibleAt = now + delay });
        }
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        QueueNames.Require(queue);
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            List<QueueMessage> taken = [];
            foreach (Waiting message in _messages.Where(message => message.Queue == queue && message.VisibleAt <= now).ToList())
            {
                if (!QueueNames.IsPoison(queue) && message.Tries >= maxTries)
                {
                    _messages.Remove(message);
                    _messages.Add(new Waiting(QueueNames.PoisonOf(queue), message.Id, message.SentAt, message.Body) { VisibleAt = now });
                }
                else if (taken.Count < limit)
                {
                    message.Tries++;
                    message.VisibleAt = now + hiddenFor;
                    message.Receipt = (++_receipts).ToString(System.Globalization.CultureInfo.InvariantCulture);
                    taken.Add(message.Taken());
                }
            }
            return Task.FromResult<IReadOnlyList<QueueMessage>>(taken);
        }
    }

    public Task<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(message) is not { } known)
            {
                return Task.FromResult<QueueMessage?>(null);
            }
            known.VisibleAt = clock.GetUtcNow() + hiddenFor;
            known.Receipt = (++_receipts).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult<QueueMessage?>(known.Taken());
        }
    }

    public Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Find(message) is { } known && _messages.Remove(known));
        }
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return Task.FromResult<IReadOnlyList<QueueMessage>>([.. _messages.Where(message => message.Queue == queue && message.VisibleAt <= now).Take(Math.Min(limit, 32)).Select(message => message.Taken() with { Receipt = "" })]);
        }
    }

    public Task<QueueMessage?> TakeAsync(string queue, string id, TimeSpan hiddenFor, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_messages.Find(message => message.Queue == queue && message.Id == id && message.VisibleAt <= now) is not { } found)
            {
                return Task.FromResult<QueueMessage?>(null);
            }

            found.Tries++;
            found.VisibleAt = now + hiddenFor;
            found.Receipt = (++_receipts).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult<QueueMessage?>(found.Taken());
        }
    }

    public Task<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_messages.LongCount(message => message.Queue == queue));
        }
    }

    private Waiting? Find(QueueMessage message) => _messages.Find(known => known.Queue == message.Queue && known.Id == message.Id && known.Receipt == message.Receipt);

    private sealed record Waiting(string Queue, string Id, DateTimeOffset SentAt, byte[] Body)
    {
        public DateTimeOffset VisibleAt { get; set; }

        public int Tries { get; set; }

        public string Receipt { get; set; } = "";

        public QueueMessage Taken() => new(Queue, Id, Receipt, Tries, SentAt, Body);
    }
}
