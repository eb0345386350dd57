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
    public static byte[] Of(ReadOnlyMemory<byte> message, string reason, DateTimeOffset now)
    {
        bool text = Utf8.IsValid(message.Span);
        PoisonedBatch poisoned = new(reason, now, text ? Encoding.UTF8.GetString(message.Span) : null, text ? null : Convert.ToBase64String(message.Span));
        return JsonSerializer.SerializeToUtf8Bytes(poisoned, OrchestrationJson.Options);
    }
}
