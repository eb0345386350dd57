namespace CodeExec.Core.Batches.Submitting;

/// <summary>A message in the queue of batches. Its submissions stand in it, or in a blob that it names.</summary>
/// <param name="Id">The sender's own id of this piece of work: sent twice, it is graded once.</param>
/// <param name="Submissions">Null: they are in the blob.</param>
/// <param name="Blob">Its name below <see cref="BlobPrefix"/>.</param>
public sealed record QueuedBatch(string Id, string Tenant, BatchDraft Batch, IReadOnlyList<BatchSubmission>? Submissions, string? Blob, BatchFormat Format)
{
    public const string Queue = "batch-grading";

    /// <summary>Where senders put blobs for batches.</summary>
    public const string BlobPrefix = "intake/";
}

public enum BatchFormat
{
    /// <summary>One object, as in the body of POST /api/batches.</summary>
    Json,

    /// <summary>One submission a line.</summary>
    Ndjson,

    /// <summary>A file or a folder for each submission.</summary>
    Zip,
}
