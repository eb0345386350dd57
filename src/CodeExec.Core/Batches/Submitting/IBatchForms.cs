namespace CodeExec.Core.Batches.Submitting;

/// <summary>Reads batches in the forms in which they are sent, the same in requests and in messages.</summary>
public interface IBatchForms
{
    /// <exception cref="BatchRefusedException">It is no such message.</exception>
    QueuedBatch ReadMessage(ReadOnlyMemory<byte> message);

    /// <summary>The submissions as they are read: what is wrong with a later one is thrown when it comes.</summary>
    /// <param name="outside">What was said of the batch elsewhere; it goes before what the content says of it.</param>
    /// <exception cref="BatchRefusedException">It is not of this format.</exception>
    Task<BatchContent> ReadAsync(Stream content, BatchFormat format, BatchDraft outside, CancellationToken cancellationToken);
}

public sealed record BatchContent(BatchDraft Draft, IAsyncEnumerable<BatchSubmission> Submissions);
