using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeExec.Core.Batches;

/// <summary>Sorts by the time it was made. On the wire and in stores: 32 hexadecimal digits.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct BatchId(Guid Value)
{
    public static BatchId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(Guid.CreateVersion7(clock.GetUtcNow()));
    }

    public static bool TryParse(string? text, out BatchId id)
    {
        bool parsed = Guid.TryParseExact(text, "n", out Guid value);
        id = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("n");

    /// <summary>Public for the JSON source generators of other projects.</summary>
    public sealed class Converter : JsonConverter<BatchId>
    {
        public override BatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => TryParse(reader.GetString(), out BatchId id) ? id : throw new JsonException("A batch id is 32 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, BatchId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
