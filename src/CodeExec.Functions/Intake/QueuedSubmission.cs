using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Functions.Intake;

/// <summary>A message in the intake queue.</summary>
/// <param name="Id">The sender's own id of this piece of work: sent twice, it is run once.</param>
/// <param name="Submission">As in the body of POST /api/executions.</param>
internal sealed record QueuedSubmission(string Id, string Tenant, Submission Submission)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <exception cref="JsonException">It is not such a message.</exception>
    public static QueuedSubmission Parse(ReadOnlyMemory<byte> message)
    {
        QueuedSubmission? read = JsonSerializer.Deserialize<QueuedSubmission>(message.Span, Strict);
        return read is { Id.Length: > 0 and <= 200, Tenant.Length: > 0, Submission: not null }
            ? read
            : throw new JsonException("A message in the intake queue has an id (1 to 200 characters), a tenant and a submission.");
    }
}
