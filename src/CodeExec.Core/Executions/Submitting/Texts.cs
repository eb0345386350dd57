using System.Text;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>Rules that hold for every text of a submission.</summary>
internal static class Texts
{
    public const string NotText = "Is not valid text: it has half a character (a lone surrogate).";
    public const string HasNul = "Must not have a NUL character: no program could receive it.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null for text that has no UTF-8 form: it could not come back as it was sent.</returns>
    public static byte[]? ToBytes(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The size of a text that must go through a system call, or -1 with a mistake noted.</summary>
    public static int Measure(string text, string field, Mistakes mistakes)
    {
        byte[]? bytes = ToBytes(text);
        if (bytes is not null && !text.Contains('\0', StringComparison.Ordinal))
        {
            return bytes.Length;
        }

        mistakes.Add(field, bytes is null ? NotText : HasNul);
        return -1;
    }

    /// <summary>For messages: short, and without what would tamper with a terminal.</summary>
    public static string Quote(string text)
    {
        string shown = text.Length <= 60 ? text : text[..60] + "…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c))}'";
    }
}
