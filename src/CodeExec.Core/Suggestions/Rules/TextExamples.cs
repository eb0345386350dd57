using System.Text.RegularExpressions;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>
/// Finds examples in texts: "input: 3 4, output: 7", "`3 4` → `7`", "prints "7" for "3 4"", and sample blocks as statements of problems have them.
/// </summary>
internal static class TextExamples
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Says = @"(?:prints?|outputs?|returns?|gives?|yields?|writes?|shows?|answers?|becomes?|results\s+in)";
    private const int MostOfOneText = 20;

    private static readonly Regex[] InSentences =
    [
        new($"""{Part("in")}\s*(?:->|=>|→|⇒)\s*{Part("out")}""", Linear),
        new(@"(?:^|[\s:(])(?<in>-?\d+(?:[ ,]+-?\d+)*)\s*(?:->|=>|→|⇒)\s*(?<out>-?\d+(?:[ ,]+-?\d+)*)", Linear | RegexOptions.Multiline),
        new($"""\binputs?\s*[:=]\s*{Part("in")}[\s,;.]*(?:->|=>|→)?\s*(?:expected\s+)?outputs?\s*[:=]\s*{Part("out")}""", Linear),
        new(@"\binput\s*[:=]\s*(?<in>[^\s`""'][^\n;]{0,200}?)[ \t]*[,;.]?\s*(?:->|=>|→)?\s*(?:expected\s+)?output\s*[:=]\s*(?<out>[^\s`""'][^\n;]{0,200})", Linear),
        new($"""{Says}\s+{Part("out")}\s+(?:for|when\s+given|given|if\s+the\s+input\s+is|on)\s+(?:the\s+input\s+)?{Part("in")}""", Linear),
        new($"""(?:\bfor|\bgiven|\binput\s+is|\bon)\s+(?:the\s+input\s+)?{Part("in")}[^"“`'\n]*\b{Says}\s+{Part("out")}""", Linear),
    ];

    private static readonly Regex Heading = new(@"^[#*\s>_-]*(?:sample|example)?\s*(?<what>input|output)s?\s*#?\d*\s*(?:\(.*\))?\s*[:*_]*\s*$", Linear);

    public static IReadOnlyList<TextExample> In(string text)
    {
        List<TextExample> found = [.. Blocks(text)];
        List<(int Start, int End)> taken = [];
        foreach (Match match in InSentences.SelectMany(pattern => pattern.Matches(text).Take(MostOfOneText)))
        {
            if (!taken.Any(one => match.Index < one.End && one.Start < match.Index + match.Length))
            {
                taken.Add((match.Index, match.Index + match.Length));
                found.Add(new(match.Groups["in"].Value.Trim(), match.Groups["out"].Value.Trim().TrimEnd('.')));
            }
        }

        return [.. found.Distinct().Take(MostOfOneText)];
    }

    /// <summary>Something in quotes.</summary>
    private static string Part(string name) => $"[\"“`'](?<{name}>[^\"“”`'\\n]*)[\"”`']";

    /// <summary>A heading or label alone on its line, "Sample Input 1", then a fenced block, or the lines up to an empty one.</summary>
    private static IEnumerable<TextExample> Blocks(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        string? input = null;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 100 || Heading.Match(lines[i]) is not { Success: true } heading)
            {
                continue;
            }

            string block = Block(lines, i + 1);
            if (heading.Groups["what"].Value.Equals("input", StringComparison.OrdinalIgnoreCase))
            {
                input = block;
            }
            else if (input is { Length: > 0 } given && block.Length > 0)
            {
                yield return new TextExample(given, block);
                input = null;
            }
        }
    }

    private static string Block(string[] lines, int from)
    {
        while (from < lines.Length && lines[from].Trim().Length == 0)
        {
            from++;
        }

        bool fenced = from < lines.Length && lines[from].TrimStart().StartsWith("```", StringComparison.Ordinal);
        IEnumerable<string> block = fenced
            ? lines.Skip(from + 1).TakeWhile(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            : lines.Skip(from).TakeWhile(line => line.Trim().Length > 0 && !Heading.IsMatch(line));
        string all = string.Join('\n', block);
        return all.Length == 0 ? "" : all + "\n";
    }
}

internal sealed record TextExample(string Stdin, string Expected);
