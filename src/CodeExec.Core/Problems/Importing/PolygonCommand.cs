using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CodeExec.Core.Problems.Importing;

/// <summary>How a test of Polygon's is made: "gen 10 20".</summary>
internal sealed partial record PolygonCommand(string Generator, IReadOnlyList<string> Args)
{
    /// <returns>Null for a test that was written by hand, or is one of many files that a generator writes at once.</returns>
    public static PolygonCommand? Of(XElement test) => test.Attribute("from-file") is null ? Parse((string?)test.Attribute("cmd")) : null;

    public static PolygonCommand? Parse(string? command)
    {
        string[] words = [.. Words().Matches(command ?? "").Select(word => word.Value.Trim('"'))];
        return words.Length == 0 ? null : new PolygonCommand(NameOf(words[0]), words[1..]);
    }

    /// <summary>Commands leave endings away: gen.cpp is called gen.</summary>
    public static string NameOf(string path) => PackageSource.Name(Path.GetFileNameWithoutExtension(path));

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
