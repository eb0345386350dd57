using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Core.Progress;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>An entry as a line of JSON. A block holds whole lines and is appended whole: there is never a part of one.</summary>
internal static class FeedLine
{
    public const byte End = (byte)'\n';

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <returns>The first entries, as many as a block holds, and how many those are.</returns>
    public static (byte[] Block, int Count) WriteBlock(IReadOnlyList<LogEntry> entries, int mostBytes)
    {
        ArrayBufferWriter<byte> block = new(Math.Min(mostBytes, entries.Count * 160));
        using Utf8JsonWriter writer = new(block, Relaxed);
        for (int count = 0; count < entries.Count; count++)
        {
            int before = block.WrittenCount;
            JsonSerializer.Serialize(writer, entries[count], FeedJson.Default.LogEntry);
            writer.Flush();
            writer.Reset();
            block.Write([End]);
            if (block.WrittenCount > mostBytes && count > 0)
            {
                return (block.WrittenSpan[..before].ToArray(), count);
            }
        }
        return (block.WrittenSpan.ToArray(), entries.Count);
    }

    public static LogEntry Read(ReadOnlySequence<byte> line)
    {
        Utf8JsonReader reader = new(line);
        return JsonSerializer.Deserialize(ref reader, FeedJson.Default.LogEntry)!;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class FeedJson : JsonSerializerContext;
