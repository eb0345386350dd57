using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace CodeExec.Client;

/// <summary>Makes typed events of server-sent ones.</summary>
internal static class EventReader
{
    public static LogEntry ReadLog(SseItem<string> item)
        => JsonSerializer.Deserialize(item.Data, ClientJson.Default.LogEntry) ?? throw new JsonException("An empty log entry.");

    public static ExecutionEvent Read(SseItem<string> item)
    {
        using JsonDocument document = JsonDocument.Parse(item.Data);
        JsonElement data = document.RootElement;
        long sequence = long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : Number(data, "sequence") is { } n ? (long)n : 0;
        DateTimeOffset timestamp = Member(data, "timestamp") is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : default;
        return item.EventType switch
        {
            "status" => new ExecutionEvent.StatusChanged(sequence, timestamp, Enumerated<ExecutionStatus>(data, "status")),
            "log" => new ExecutionEvent.Logged(ReadLog(item)),
            "progress" => new ExecutionEvent.Progressed(sequence, timestamp, Number(data, "percentage"), Text(data, "message")),
            "display" when Member(data, "display") is { ValueKind: JsonValueKind.Object } display
                => new ExecutionEvent.Displayed(sequence, timestamp, display.Deserialize(ClientJson.Default.ExecutionDisplay)!),
            "result" => new ExecutionEvent.Ended(sequence, timestamp, Member(data, "result") is { ValueKind: JsonValueKind.Object } whole ? whole.Deserialize(ClientJson.Default.Execution) : null),
            "error" => new ExecutionEvent.Faulted(sequence, timestamp, ErrorText(data)),
            _ => new ExecutionEvent.Unknown(sequence, timestamp, item.EventType, data.Clone()),
        };
    }

    /// <summary>The event after which nothing of weight comes.</summary>
    public static bool TellsTheEnd(SseItem<string> item) => item.EventType switch
    {
        "result" => true,
        "status" => Read(item) is ExecutionEvent.StatusChanged { Status: var status } && status.IsEnd(),
        _ => false,
    };

    private static string ErrorText(JsonElement data)
    {
        JsonElement error = Member(data, "error") ?? data;
        return error.ValueKind == JsonValueKind.String
            ? error.GetString()!
            : Text(error, "message") ?? Text(error, "detail") ?? "The service could not do its part.";
    }

    private static T Enumerated<T>(JsonElement data, string name)
        where T : struct, Enum
        => Enum.TryParse(Text(data, name), ignoreCase: true, out T value) ? value : throw new JsonException($"An event without a known '{name}'.");

    private static string? Text(JsonElement data, string name) => Member(data, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static double? Number(JsonElement data, string name) => Member(data, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static JsonElement? Member(JsonElement data, string name)
        => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out JsonElement value) ? value : null;
}
