using System.Text;

namespace CodeExec.Client;

/// <summary>One file of a program.</summary>
/// <param name="Path">Relative to the workspace, with forward slashes.</param>
/// <param name="Encoding">"utf8", or "base64" for bytes that are not text.</param>
public sealed record SourceFile(string Path, string Content, string Encoding = "utf8")
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A file from its bytes: as text where they are UTF-8, so that logs of requests stay readable, as base64 where they are not.</summary>
    public static SourceFile FromBytes(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new SourceFile(path, Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return new SourceFile(path, Convert.ToBase64String(bytes), "base64");
        }
    }
}
