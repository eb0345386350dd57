using System.Text;
using System.Text.Unicode;
using CodeExec.Core.Queues;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>What ended in the poison queue of batches, for whoever looks after the server: why, and back to work or away.</summary>
public sealed class PoisonMessages(IWorkQueue queue)
{
    /// <summary>Time enough to put one message elsewhere; a crash meanwhile gives it back after that.</summary>
    private static readonly TimeSpan AtHand = TimeSpan.FromSeconds(30);

    private const string FailedTooOften = "It failed too often, by no fault of its own that is known. The server's log says how.";

    public static string Queue { get; } = QueueNames.PoisonOf(QueuedBatch.Queue);

    public Task<long> CountAsync(CancellationToken cancellationToken) => queue.CountAsync(Queue, cancellationToken);

    /// <summary>About the oldest first; so many at most, and 32.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> ListAsync(int limit, CancellationToken cancellationToken)
        => [.. (await queue.PeekAsync(Queue, limit, cancellationToken)).Select(Read)];

    /// <returns>Null if there is none, or if somebody puts it elsewhere right now.</returns>
    public async Task<PoisonMessage?> FindAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<PoisonMessage> first = await ListAsync(int.MaxValue, cancellationToken);
        if (first.FirstOrDefault(message => message.Id == id) is { } found)
        {
            return found;
        }

        if (await queue.TakeAsync(Queue, id, AtHand, cancellationToken) is not { } taken)
        {
            return null;
        }

        await queue.RenewAsync(taken, TimeSpan.Zero, CancellationToken.None);
        return Read(taken);
    }

    /// <summary>Puts a message back to work. A crash in between leaves it in both queues: its batch is graded once, by its id.</summary>
    /// <param name="mended">In its place; null: as it came.</param>
    /// <returns>False if there is none.</returns>
    public async Task<bool> RequeueAsync(string id, byte[]? mended, CancellationToken cancellationToken)
    {
        if (await queue.TakeAsync(Queue, id, AtHand, cancellationToken) is not { } taken)
        {
            return false;
        }

        await queue.SendAsync(QueuedBatch.Queue, mended ?? Read(taken).Body, TimeSpan.Zero, cancellationToken);
        await queue.CompleteAsync(taken, cancellationToken);
        return true;
    }

    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
        => await queue.TakeAsync(Queue, id, AtHand, cancellationToken) is { } taken && await queue.CompleteAsync(taken, cancellationToken);

    private static PoisonMessage Read(QueueMessage stored)
    {
        PoisonedBatch? refused = PoisonedBatch.Read(stored.Body.Span);
        return new PoisonMessage(stored.Id, stored.SentAt, refused?.Reason ?? FailedTooOften, refused?.RefusedAt, refused?.Original ?? stored.Body.ToArray());
    }
}

/// <param name="RefusedAt">Null for one that failed too often.</param>
/// <param name="Body">The message as it came.</param>
public sealed record PoisonMessage(string Id, DateTimeOffset SentAt, string Reason, DateTimeOffset? RefusedAt, byte[] Body)
{
    /// <summary>Null where it is no text.</summary>
    public string? Text => Utf8.IsValid(Body) ? Encoding.UTF8.GetString(Body) : null;
}
