namespace CodeExec.Core.Queues;

/// <summary>
/// Work that waits until somebody takes it. A message is hidden from others while it is being worked on and comes back unless it is completed, so it is
/// worked on at least once. Order is about that of sending; nothing may depend on it.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Adds a message. It is durable when this returns; repeating the call adds another one.</summary>
    /// <param name="queue">See <see cref="QueueNames"/>. One that does not exist is made.</param>
    /// <param name="body">Of any size: what is too large for a queue is kept beside it.</param>
    /// <param name="delay">So long nobody sees it.</param>
    Task SendAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up to so many messages and hides each from others for a while. One that was taken <see cref="QueueOptions.MaxTries"/> times already
    /// and never completed is not given out again but moved to the queue's poison queue.
    /// </summary>
    /// <returns>What is there now; empty when nothing is.</returns>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int limit, TimeSpan hiddenFor, CancellationToken cancellationToken);

    /// <summary>Hides a taken message for so long from now; zero gives it back at once.</summary>
    /// <returns>The message with its new receipt; null if it was taken by somebody else meanwhile, or is gone: stop working on it.</returns>
    Task<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan hiddenFor, CancellationToken cancellationToken);

    /// <summary>Removes a taken message: its work is done.</summary>
    /// <returns>False if it was taken by somebody else meanwhile, or is gone.</returns>
    Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Looks at messages without taking them: those that nobody works on, about the oldest first. They have no receipt.</summary>
    /// <returns>So many at most, and 32 at most.</returns>
    Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int limit, CancellationToken cancellationToken);

    /// <summary>Takes the one message of this id, wherever in the queue it is: for those that people look into. Looking for it may hide others for a moment.</summary>
    /// <returns>Null if there is none that nobody works on.</returns>
    Task<QueueMessage?> TakeAsync(string queue, string id, TimeSpan hiddenFor, CancellationToken cancellationToken);

    /// <summary>About how many messages there are, hidden ones included.</summary>
    Task<long> CountAsync(string queue, CancellationToken cancellationToken);
}
