using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Core.Progress;

namespace CodeExec.Storage.Local.Progress;

/// <summary>An entry as a line of JSON, in rows and files alike. Its sequence stands first, so that it is found without reading the rest.</summary>
internal static class FeedLine
{
    public const byte End = (byte)'\n';

    /// <summary>So many bytes of a line hold its sequence.</summary>
    public const int SequenceIn = 40;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static ReadOnlySpan<byte> Start => "{\"sequence\":"u8;

    public static ArrayBufferWriter<byte> Write(IReadOnlyCollection<LogEntry> entries)
    {
        ArrayBufferWriter<byte> lines = new(entries.Count * 160);
        using Utf8JsonWriter writer = new(lines, Relaxed);
        foreach (LogEntry entry in entries)
        {
            JsonSerializer.Serialize(writer, entry, FeedJson.Default.LogEntry);
            writer.Flush();
            writer.Reset();
            lines.Write([End]);
        }
        return lines;
    }

    /// <returns>Null for what is not a line of ours: the torn end of a file, or one that somebody else wrote to.</returns>
    public static LogEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return SequenceOf(line) is null ? null : JsonSerializer.Deserialize(line, FeedJson.Default.LogEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static long? SequenceOf(ReadOnlySpan<byte> line)
        => line.StartsWith(Start) && Utf8Parser.TryParse(line[Start.Length..], out long sequence, out _) ? sequence : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class FeedJson : JsonSerializerContext;
