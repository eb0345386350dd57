using System.Globalization;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>Finds bounds of numbers in sentences: "1 ≤ n ≤ 10^5", "between 1 and 100", "at most 80 characters", "older than 17".</summary>
internal static class NumberBounds
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Number = @"-?\d{1,18}", After = @"(?<after>(?:\s+[a-z-]+){0,2})";
    private const int MostOfOneText = 20;

    private static readonly (Regex Pattern, int AddToLow, int AddToHigh)[] Patterns =
    [
        (new($@"(?<low>{Number})\s*<=\s*(?<name>[^<>=\n]{{1,60}})\s*<=\s*(?<high>{Number})", Linear), 0, 0),
        (new($@"(?<low>{Number})\s*<=\s*(?<name>[^<>=\n]{{1,60}})\s*<\s*(?<high>{Number})", Linear), 0, -1),
        (new($@"(?<low>{Number})\s*<\s*(?<name>[^<>=\n]{{1,60}})\s*<=\s*(?<high>{Number})", Linear), 1, 0),
        (new($@"(?<low>{Number})\s*<\s*(?<name>[^<>=\n]{{1,60}})\s*<\s*(?<high>{Number})", Linear), 1, -1),
        (new($@"\b(?:between|from)\s+(?<low>{Number})\s+(?:and|to|up\s+to|through)\s+(?<high>{Number}){After}", Linear), 0, 0),
        (new($@"\b(?<low>{Number})\s*(?:\.\.\.?|…|–|\bto\b)\s*(?<high>{Number}){After}", Linear), 0, 0),
        (new($@"\bin\s+(?:the\s+)?(?:range\s+|interval\s+)?\[\s*(?<low>{Number})\s*[,;]\s*(?<high>{Number})\s*\]", Linear), 0, 0),
        (new($@"\b(?:at\s+most|up\s+to|no\s+more\s+than|not\s+more\s+than|not\s+exceed|maximum\s+of|maximum\s+is|max\.?)\s+(?<high>{Number})\b{After}", Linear), 0, 0),
        (new($@"\b(?:at\s+least|no\s+less\s+than|no\s+fewer\s+than|not\s+less\s+than|minimum\s+of|minimum\s+is|min\.?)\s+(?<low>{Number})\b{After}", Linear), 0, 0),
        (new($@"\b(?:greater|more|larger|higher|older|longer|bigger)\s+than\s+(?<low>{Number})\b{After}", Linear), 1, 0),
        (new($@"\b(?:above|over|exceeds?|exceeding|beyond)\s+(?<low>{Number})\b{After}", Linear), 1, 0),
        (new($@"\b(?:less|fewer|smaller|lower|younger|shorter)\s+than\s+(?<high>{Number})\b{After}", Linear), 0, -1),
        (new($@"\b(?:below|under)\s+(?<high>{Number})\b{After}", Linear), 0, -1),
        (new($@"\b(?<low>{Number})\s+(?:or|and)\s+(?:more|above|older|greater|higher|longer)\b", Linear), 0, 0),
        (new($@"\b(?<high>{Number})\s+(?:or|and)\s+(?:less|fewer|below|younger|lower|smaller|shorter)\b", Linear), 0, 0),
        (new($@"\b(?<name>[a-z]\w{{0,20}})\s*<=\s*(?<high>{Number})\b", Linear), 0, 0),
        (new($@"\b(?<name>[a-z]\w{{0,20}})\s*>=\s*(?<low>{Number})\b", Linear), 0, 0),
        (new($@"\b(?<name>[a-z]\w{{0,20}})\s*<\s*(?<high>{Number})\b", Linear), 0, -1),
        (new($@"\b(?<name>[a-z]\w{{0,20}})\s*>\s*(?<low>{Number})\b", Linear), 1, 0),
    ];

    private static readonly string[] Counted =
        ["character", "characters", "letter", "letters", "symbols", "digits", "long", "numbers", "integers", "elements", "items", "values", "lines", "words", "entries", "rows"];

    // How long it may take and what it may cost is not its input.
    private static readonly string[] Costs =
        ["ms", "s", "second", "seconds", "millisecond", "milliseconds", "minute", "minutes", "hour", "hours", "mb", "kb", "gb", "kib", "mib", "bytes", "byte", "megabytes", "points", "times", "percent", "lines-of-code"];

    public static IReadOnlyList<NumberBound> In(string text)
    {
        string plain = PlainNumbers.WriteOut(text);
        List<(int Start, int End, NumberBound Bound)> found = [];
        foreach ((Regex pattern, int addToLow, int addToHigh) in Patterns)
        {
            foreach (Match match in pattern.Matches(plain).Take(MostOfOneText))
            {
                // The first pattern that takes a place has it: "0 < n <= 9" is no "n <= 9".
                if (!found.Any(one => match.Index < one.End && one.Start < match.Index + match.Length) && Read(match, addToLow, addToHigh) is { } bound)
                {
                    found.Add((match.Index, match.Index + match.Length, bound));
                }
            }
        }

        return [.. found.OrderBy(one => one.Start).Select(one => one.Bound).Distinct().Take(MostOfOneText)];
    }

    private static NumberBound? Read(Match match, int addToLow, int addToHigh)
    {
        string[] after = match.Groups["after"].Value.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (after.Length > 0 && Costs.Contains(after[0], StringComparer.Ordinal))
        {
            return null;
        }

        string? name = match.Groups["name"] is { Success: true } named ? named.Value.Trim() : null;
        bool counts = after.Any(word => Counted.Contains(word, StringComparer.Ordinal)) || name?.Contains('|', StringComparison.Ordinal) == true || name?.Contains("len", StringComparison.OrdinalIgnoreCase) == true;
        long? low = Value(match.Groups["low"]) + addToLow, high = Value(match.Groups["high"]) + addToHigh;
        string text = match.Value[..(match.Groups["after"].Success ? match.Groups["after"].Index - match.Index : match.Length)].Trim();
        return low > high ? null : new(text, low, high, counts, name);
    }

    private static long? Value(Group group) => group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : null;
}
