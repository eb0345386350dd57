using System.Text.Json.Serialization;
using CodeExec.Core.Batches.Submitting;

namespace CodeExec.Api.Grading;

/// <param name="Count">About how many there are; the list may be shorter.</param>
internal sealed record PoisonListView(long Count, IReadOnlyList<PoisonView> Items);

/// <param name="RefusedAt">Null for one that was not refused but failed too often.</param>
internal sealed record PoisonView(string Id, DateTimeOffset SentAt, string Reason, DateTimeOffset? RefusedAt, long SizeBytes)
{
    /// <summary>Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>In its place, where it is no text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MessageBase64 { get; init; }

    public static PoisonView Short(PoisonMessage message) => new(message.Id, message.SentAt, message.Reason, message.RefusedAt, message.Body.Length);

    public static PoisonView Whole(PoisonMessage message)
        => Short(message) with { Message = message.Text, MessageBase64 = message.Text is null ? Convert.ToBase64String(message.Body) : null };
}
