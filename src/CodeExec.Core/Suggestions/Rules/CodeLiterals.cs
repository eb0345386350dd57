using System.Globalization;
using System.Text.RegularExpressions;
using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>What a program compares its input with: numbers and words that part its ways.</summary>
internal static class CodeLiterals
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;
    private const int Most = 6;

    private static readonly Regex Numbers = new(@"(?:^|[^<>=!\-+*/&|^%])(?:<=|>=|===?|!==?|<|>)\s*(?<value>-?\d{1,12})(?:[^\w.]|$)", Linear);

    private static readonly Regex Words = new(@"(?:===?|!==?|\bcase|\bequals\(|\bin\b)\s*[\[({]?\s*[""'](?<value>[A-Za-z][\w-]{0,20})[""']", Linear);

    /// <summary>But not the small ones that every loop has.</summary>
    public static IEnumerable<(long Value, string Place)> NumbersIn(IEnumerable<SourceFile> files)
        => files.SelectMany(file => Numbers.Matches(file.Code).Select(match => (Value: long.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture), Place: PlaceOf(file, match))))
            .Where(one => one.Value is < -1 or > 2).DistinctBy(one => one.Value).Take(Most);

    public static IEnumerable<(string Value, string Place)> WordsIn(IEnumerable<SourceFile> files)
        => files.SelectMany(file => Words.Matches(file.Commentless).Select(match => (Value: match.Groups["value"].Value, Place: PlaceOf(file, match))))
            .Where(one => one.Value is not "__main__").DistinctBy(one => one.Value, StringComparer.Ordinal).Take(Most);

    private static string PlaceOf(SourceFile file, Match match) => $"{file.Path}:{file.LineOf(match.Groups["value"].Index)}";
}
