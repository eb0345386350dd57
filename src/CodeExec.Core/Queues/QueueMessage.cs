namespace CodeExec.Core.Queues;

/// <summary>A message that was taken.</summary>
/// <param name="Receipt">The right to renew and to complete it; good until it becomes visible again and somebody else takes it.</param>
/// <param name="Tries">How often it was taken, this time included; where the queue can tell.</param>
public sealed record QueueMessage(string Queue, string Id, string Receipt, int Tries, DateTimeOffset SentAt, ReadOnlyMemory<byte> Body);
