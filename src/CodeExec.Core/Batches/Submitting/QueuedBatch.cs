using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>A message in the queue of batches.</summary>
/// <param name="Id">The sender's own id of this piece of work: sent twice, it is graded once.</param>
/// <param name="Batch">As in the body of POST /api/batches, but for its submissions.</param>
/// <param name="Submissions">Each with what its author calls it, and the submission as in the body of POST /api/executions.</param>
public sealed record QueuedBatch(string Id, string Tenant, BatchDraft Batch, IReadOnlyList<QueuedBatchSubmission> Submissions)
{
    public const string Queue = "batch-grading";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <exception cref="JsonException">It is not such a message.</exception>
    public static QueuedBatch Parse(ReadOnlyMemory<byte> message)
    {
        QueuedBatch? read = JsonSerializer.Deserialize<QueuedBatch>(message.Span, Strict);
        return read is { Id.Length: > 0 and <= 200, Tenant.Length: > 0, Batch: not null, Submissions: not null } && read.Submissions.All(one => one?.Submission is not null)
            ? read
            : throw new JsonException("A message has an id (1 to 200 characters), a tenant, a batch and its submissions.");
    }
}

public sealed record QueuedBatchSubmission(string? Id, Submission Submission);
