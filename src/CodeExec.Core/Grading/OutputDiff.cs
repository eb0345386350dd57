using System.Text;

namespace CodeExec.Core.Grading;

/// <summary>Where an output and what was expected part, for people: some lines before it, then what was expected (-) and what came (+).</summary>
public static class OutputDiff
{
    /// <summary>How much of both is looked at.</summary>
    public const int MostBytes = 64 * 1024;

    private const int LinesBefore = 2, LinesAfter = 4, LongestLine = 160;

    /// <param name="cut">There was more of what came than this.</param>
    /// <returns>Null if these parts do not differ.</returns>
    public static string? Make(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got, bool cut)
    {
        bool expectedCut = expected.Length > MostBytes;
        string[] wanted = Lines(expected[..Math.Min(expected.Length, MostBytes)]);
        string[] came = Lines(got[..Math.Min(got.Length, MostBytes)]);
        int at = 0;
        while (at < wanted.Length && at < came.Length && wanted[at] == came[at])
        {
            at++;
        }

        bool cameEnds = at >= came.Length, wantedEnds = at >= wanted.Length;
        if (cameEnds && wantedEnds)
        {
            return cut || expectedCut ? $"No difference in the first {Math.Min(expected.Length, got.Length)} bytes." : null;
        }

        StringBuilder text = new();
        text.Append("line ").Append(at + 1).Append('\n');
        Append(text, ' ', wanted, Math.Max(0, at - LinesBefore), at);
        Append(text, '-', wanted, at, at + LinesAfter);
        Append(text, '+', came, at, at + LinesAfter);
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Lines(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        string text = Encoding.UTF8.GetString(bytes);
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : [.. lines[..^1], lines[^1] + "⏎̸"];
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
