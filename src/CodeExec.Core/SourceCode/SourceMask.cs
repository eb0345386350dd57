namespace CodeExec.Core.SourceCode;

/// <summary>Puts spaces where comments and texts are, in one pass. What is not closed ends with the file, or with the line where the language says so.</summary>
internal static class SourceMask
{
    public static (string Code, string Commentless) Make(string text, SourceStyle style, string language)
    {
        char[] code = text.ToCharArray(), commentless = text.ToCharArray();
        int at = 0;
        while (at < text.Length)
        {
            if (CommentEnd(text, at, style) is { } afterComment)
            {
                Blank(code, at, afterComment);
                Blank(commentless, at, afterComment);
                at = afterComment;
            }
            else if (QuoteEnd(text, at, style, language) is { } afterQuote)
            {
                Blank(code, at + 1, afterQuote - 1); // the quotes stay: there is a value here
                at = afterQuote;
            }
            else
            {
                at++;
            }
        }

        return (new string(code), new string(commentless));
    }

    private static int? CommentEnd(string text, int at, SourceStyle style)
    {
        if (style != SourceStyle.Braces)
        {
            bool begins = text[at] == '#' && (style == SourceStyle.Indented || at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] == ';');
            return begins ? LineEnd(text, at) : null;
        }

        if (StartsWith(text, at, "//"))
        {
            return LineEnd(text, at);
        }

        if (!StartsWith(text, at, "/*"))
        {
            return null;
        }

        int end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }

    private static int? QuoteEnd(string text, int at, SourceStyle style, string language)
    {
        char quote = text[at];
        bool letter = quote == '\'' && language is "rust" or "haskell"; // lifetimes and primes are no quotes
        if (letter || quote is not ('"' or '\'' or '`') || (quote == '`' && language is not ("javascript" or "typescript" or "go")))
        {
            return null;
        }

        // 1'000'000 in C++
        if (quote == '\'' && language is "cpp" or "c" && at > 0 && char.IsAsciiDigit(text[at - 1]))
        {
            return null;
        }

        string three = new(quote, 3);
        if (style == SourceStyle.Indented && StartsWith(text, at, three))
        {
            int close = text.IndexOf(three, at + 3, StringComparison.Ordinal);
            return close < 0 ? text.Length : close + 3;
        }

        bool escapes = !(quote == '`' && language == "go") && !(quote == '\'' && style == SourceStyle.Shell);
        bool manyLines = quote == '`' || style == SourceStyle.Shell;
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && escapes)
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i + 1;
            }
            else if (text[i] == '\n' && !manyLines)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int LineEnd(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private static bool StartsWith(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static void Blank(char[] text, int from, int until)
    {
        for (int i = from; i < until; i++)
        {
            text[i] = text[i] == '\n' ? '\n' : ' ';
        }
    }
}
