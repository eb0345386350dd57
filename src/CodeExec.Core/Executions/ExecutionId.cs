using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeExec.Core.Executions;

/// <summary>Sorts by the time it was made. On the wire and in stores: 32 hexadecimal digits.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ExecutionId(Guid Value)
{
    public static ExecutionId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(Guid.CreateVersion7(clock.GetUtcNow()));
    }

    public static bool TryParse(string? text, out ExecutionId id)
    {
        bool parsed = Guid.TryParseExact(text, "n", out Guid value) || Guid.TryParseExact(text, "d", out value);
        id = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("n");

    /// <summary>Public for the JSON source generators of other projects.</summary>
    public sealed class Converter : JsonConverter<ExecutionId>
    {
        public override ExecutionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => TryParse(reader.GetString(), out ExecutionId id) ? id : throw new JsonException("An execution id is 32 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, ExecutionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
