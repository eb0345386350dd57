using System.Net;

namespace CodeExec.Core.Grading;

/// <summary>Texts of strangers in a page for people: nothing of them is markup, nor turns the writing of the page round, nor goes unseen.</summary>
public static class ReportText
{
    private const char PictureOfNull = '\u2400', PictureOfDelete = '\u2421', Replacement = '\ufffd';

    public static string Of(string? text) => WebUtility.HtmlEncode(string.Concat((text ?? "").Select(Visible)));

    /// <summary>"wrong answer" for <see cref="Verdict.WrongAnswer"/>.</summary>
    public static string Of(Verdict verdict) => string.Concat(verdict.Name().Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static char Visible(char c) => c switch
    {
        '\t' or '\n' or '\r' => c,
        < ' ' => (char)(PictureOfNull + c),
        '\u007f' => PictureOfDelete,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => Replacement, // they turn round what comes after them
        _ => c,
    };
}
