namespace CodeExec.Core.Batches.Submitting;

/// <summary>How a batch comes to be.</summary>
/// <param name="IdempotencyKey">The sender's own: the same key and the same content is the same batch.</param>
public sealed record BatchOrigin(string? IdempotencyKey = null, BatchId? RegradeOf = null);
