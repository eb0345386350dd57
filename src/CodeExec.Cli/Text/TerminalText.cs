using System.Globalization;
using System.Text;

namespace CodeExec.Cli.Text;

/// <summary>Makes text of strangers safe to show: a program's output must not steer the reader's terminal.</summary>
internal static class TerminalText
{
    /// <summary>Control characters, other than tab and line feed, in a form that shows them: ESC as \x1b.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(MustEscape))
        {
            return text;
        }
        StringBuilder safe = new(text.Length + 16);
        foreach (char c in text)
        {
            if (MustEscape(c))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                safe.Append(c);
            }
        }
        return safe.ToString();
    }

    /// <summary>C0, DEL and C1, and the characters that turn the direction of text around.</summary>
    private static bool MustEscape(char c)
        => (char.IsControl(c) && c is not ('\t' or '\n')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
