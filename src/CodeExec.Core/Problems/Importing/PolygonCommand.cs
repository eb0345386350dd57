using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CodeExec.Core.Problems.Importing;

/// <summary>How a test of Polygon's is made: "gen 10 20".</summary>
/// <param name="File">What the generator writes it into, beside other tests; null: its stdout.</param>
internal sealed partial record PolygonCommand(string Generator, IReadOnlyList<string> Args, string? File = null)
{
    /// <summary>No package has so many tests.</summary>
    private const int MostNumbers = 10_000;

    /// <returns>Null for a test that was written by hand.</returns>
    public static PolygonCommand? Of(XElement test) => Parse((string?)test.Attribute("cmd")) is { } command ? command with { File = (string?)test.Attribute("from-file") } : null;

    public static PolygonCommand? Parse(string? command)
    {
        string[] words = [.. Words().Matches(command ?? "").Select(word => word.Value.Trim('"'))];
        return words.Length == 0 ? null : new PolygonCommand(NameOf(words[0]), words[1..]);
    }

    /// <summary>Where many go: "{1-10}", "{3,5-7}".</summary>
    /// <returns>Null if it is no such thing.</returns>
    public static IReadOnlyList<int>? Numbers(string target)
    {
        if (!ManyTargets().IsMatch(target))
        {
            return null;
        }

        List<int> numbers = [];
        foreach (string part in target[1..^1].Split(','))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (!TryNumber(ends[0], out int first) || !TryNumber(ends[^1], out int last) || last < first || numbers.Count + (long)last - first >= MostNumbers)
            {
                return null;
            }

            numbers.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return numbers;
    }

    public static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= MostNumbers;

    /// <summary>Commands leave endings away: gen.cpp is called gen.</summary>
    public static string NameOf(string path) => PackageSource.Name(Path.GetFileNameWithoutExtension(path));

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\{[0-9,\-\s]+\}$", RegexOptions.CultureInvariant)]
    private static partial Regex ManyTargets();
}
