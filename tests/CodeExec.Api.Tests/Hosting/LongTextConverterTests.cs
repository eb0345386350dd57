using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CodeExec.Api.Hosting;

namespace CodeExec.Api.Tests.Hosting;

public sealed class LongTextConverterTests
{
    private static readonly JsonSerializerOptions InPieces = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new LongTextConverter() } };
    private static readonly JsonSerializerOptions AtOnce = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void Write_TextOfAnyLength_IsTheSameAsInOnePiece(int length)
    {
        // Pairs that a border of two pieces cuts at one of two offsets, characters that are escaped, and halves of pairs.
        foreach (string repeated in new[] { "a\n", "\U0001F600", "x\U0001F600", "\"\\\u0001\u2028é", "\ud800a", "\udc00" })
        {
            StringBuilder text = new();
            while (text.Length < length)
            {
                text.Append(repeated);
            }

            string[] texts = [text.ToString(), "x" + text];

            Assert.Equal(JsonSerializer.Serialize(texts, AtOnce), JsonSerializer.Serialize(texts, InPieces));
        }
    }

    [Fact]
    public void Write_TextWithNull_IsNull() => Assert.Equal("""[null,"a"]""", JsonSerializer.Serialize(new string?[] { null, "a" }, InPieces));

    [Fact]
    public void Write_DictionaryOfTexts_KeepsItsKeys()
        => Assert.Equal("""{"a\"b":"c"}""", JsonSerializer.Serialize(new Dictionary<string, string> { ["a\"b"] = "c" }, InPieces));
}
