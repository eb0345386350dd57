using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeExec.Api.Hosting;

/// <summary>
/// Long texts leave piece by piece. In one piece the writer would rent room for the worst case, six characters for each one: 12 MB for
/// a program's full output, which the pool then keeps for every thread that has ever written one.
/// </summary>
internal sealed class LongTextConverter : JsonConverter<string>
{
    private const int Piece = 4096;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ReadOnlySpan<char> left = value;
        if (left.Length <= Piece)
        {
            writer.WriteStringValue(left);
            return;
        }

        for (; left.Length > Piece; left = left[Piece..])
        {
            writer.WriteStringValueSegment(left[..Piece], isFinalSegment: false);
        }

        writer.WriteStringValueSegment(left, isFinalSegment: true);
    }

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
