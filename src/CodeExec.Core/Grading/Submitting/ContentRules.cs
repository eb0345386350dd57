using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>Bytes that came as text.</summary>
internal static class ContentRules
{
    /// <returns>Null with a mistake noted.</returns>
    public static byte[]? Decode(string text, string? encoding, string field, string encodingField, Mistakes mistakes)
    {
        (byte[]? bytes, string mistake) = encoding switch
        {
            null or "utf8" => (Texts.ToBytes(text), Texts.NotText),
            "base64" => (FromBase64(text), "Is not base64."),
            "hex" => (text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null, "Is not hexadecimal: an even number of the digits 0 to 9 and a to f."),
            _ => (null, "Must be utf8, base64 or hex."),
        };
        if (bytes is null)
        {
            mistakes.Add(encoding is null or "utf8" or "base64" or "hex" ? field : encodingField, mistake);
        }

        return bytes;
    }

    private static byte[]? FromBase64(string text)
    {
        byte[] bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
