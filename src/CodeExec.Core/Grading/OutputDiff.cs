using System.Text;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading;

/// <summary>Where an output and what was expected part for its checker, for people: some lines before it, then what was expected (-) and what came (+).</summary>
public static class OutputDiff
{
    /// <summary>How much of both is looked at.</summary>
    public const int MostBytes = 64 * 1024;

    private const int LinesBefore = 2, LinesAfter = 4, LongestLine = 160;

    /// <param name="checker">Lines that it takes for the same are no difference: nobody is shown a white space that does not count.</param>
    /// <param name="cut">There was more of what came than this.</param>
    /// <returns>Null if these parts do not differ.</returns>
    public static string? Make(CheckerSpec checker, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got, bool cut)
    {
        bool expectedCut = expected.Length > MostBytes, byBytes = checker is CheckerSpec.Exact;
        string[] wanted = Lines(expected[..Math.Min(expected.Length, MostBytes)], byBytes);
        string[] came = Lines(got[..Math.Min(got.Length, MostBytes)], byBytes);
        int at = 0;
        while (at < wanted.Length && at < came.Length && AreSame(checker, wanted[at], came[at]))
        {
            at++;
        }

        bool cameEnds = at >= came.Length, wantedEnds = at >= wanted.Length;
        if (cameEnds && wantedEnds)
        {
            return cut || expectedCut ? $"No difference in the first {Math.Min(expected.Length, got.Length)} bytes."
                : byBytes ? null
                : Make(new CheckerSpec.Exact(), expected, got, cut); // it parts them by more than a line
        }

        StringBuilder text = new();
        text.Append("line ").Append(at + 1).Append('\n');
        Append(text, ' ', wanted, Math.Max(0, at - LinesBefore), at);
        Append(text, '-', wanted, at, at + LinesAfter);
        Append(text, '+', came, at, at + LinesAfter);
        return text.ToString().TrimEnd('\n');
    }

    // A line of JSON is none.
    private static bool AreSame(CheckerSpec checker, string wanted, string came)
    {
        if (wanted == came || checker is CheckerSpec.Exact or CheckerSpec.Json)
        {
            return wanted == came;
        }

        OutputCheck check = OutputCheck.For(checker, Encoding.UTF8.GetBytes(wanted));
        check.Add(Encoding.UTF8.GetBytes(came));
        return check.Complete().Verdict == Verdict.Accepted;
    }

    // What stands at the ends of lines is of interest only where it counts.
    private static string[] Lines(ReadOnlySpan<byte> bytes, bool byBytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        string text = Encoding.UTF8.GetString(bytes);
        string[] lines = text.Split('\n');
        return !byBytes ? [.. (lines[^1].Length == 0 ? lines[..^1] : lines).Select(line => line.TrimEnd(' ', '\t', '\r'))]
            : lines[^1].Length == 0 ? lines[..^1]
            : [.. lines[..^1], lines[^1] + "⏎̸"];
    }

    private static void Append(StringBuilder text, char mark, string[] lines, int from, int until)
    {
        for (int i = from; i < Math.Min(until, lines.Length); i++)
        {
            text.Append(mark).Append(' ').Append(Visible(lines[i])).Append('\n');
        }

        if (mark != ' ' && lines.Length > until)
        {
            text.Append(mark).Append(" …\n");
        }

        if (mark != ' ' && from >= lines.Length)
        {
            text.Append(mark).Append(" (ends here)\n");
        }
    }

    // White space at the end, tabs and control characters would not be seen, or would steer a terminal.
    private static string Visible(string line)
    {
        int kept = line.TrimEnd(' ').Length;
        StringBuilder shown = new();
        for (int i = 0; i < line.Length && i < LongestLine; i++)
        {
            char c = line[i];
            shown.Append(c switch
            {
                ' ' when i >= kept => '·',
                < ' ' => (char)(0x2400 + c), // the pictures of control characters
                '\u007f' => '␡',
                >= '\u0080' and < '\u00a0' => '�',
                _ => c,
            });
        }

        return line.Length > LongestLine ? shown.Append('…').ToString() : shown.ToString();
    }
}
