using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>What stands in the poison queue for a message that is no batch: why, and the message itself.</summary>
/// <param name="Message">As text, where it is one.</param>
/// <param name="MessageBase64">Else its bytes.</param>
public sealed record PoisonedBatch(string Reason, DateTimeOffset RefusedAt, string? Message, string? MessageBase64)
{
    private static readonly JsonSerializerOptions Strict = new(OrchestrationJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>The message as it came.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[] Original => MessageBase64 is { } bytes ? Convert.FromBase64String(bytes) : Encoding.UTF8.GetBytes(Message ?? "");

    /// <returns>Null for a message that was not refused but failed too often: it stands in the queue as it came.</returns>
    public static PoisonedBatch? Read(ReadOnlySpan<byte> stored)
    {
        try
        {
            PoisonedBatch? read = JsonSerializer.Deserialize<PoisonedBatch>(stored, Strict);
            return read is { Reason: not null } && read.Message is null != read.MessageBase64 is null && Convert.TryFromBase64String(read.MessageBase64 ?? "", new byte[read.MessageBase64?.Length ?? 0], out _) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Of(ReadOnlyMemory<byte> message, string reason, DateTimeOffset now)
    {
        bool text = Utf8.IsValid(message.Span);
        PoisonedBatch poisoned = new(reason, now, text ? Encoding.UTF8.GetString(message.Span) : null, text ? null : Convert.ToBase64String(message.Span));
        return JsonSerializer.SerializeToUtf8Bytes(poisoned, OrchestrationJson.Options);
    }
}
