using System.Text.RegularExpressions;

namespace CodeExec.Core.Languages;

/// <summary>How the class to start is found in a source text, for languages that start a class and not a file.</summary>
public sealed class ClassRule(Regex? ignore, Regex? package, Regex declaration, Regex main)
{
    /// <summary>Matches run over text from strangers: past this the rule gives up, and the file's name decides.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>The name of the file that the text must stand in; null if any name will do.</summary>
    public string? FindFileStem(string text)
    {
        Found[] all = Find(text);
        return (all.FirstOrDefault(found => found.IsPublic) ?? Starting(all))?.Name;
    }

    /// <summary>The class to start, with its package. Without a class that has a main method it is the one named like the file.</summary>
    public string FindMainClass(string text, string fileStem)
    {
        Found[] all = Find(text);
        string name = (Starting(all) ?? all.FirstOrDefault(found => found.IsPublic))?.Name ?? fileStem;
        return FindPackage(text) is { } prefix ? $"{prefix}.{name}" : name;
    }

    private static Found? Starting(Found[] all) => all.FirstOrDefault(found => found.IsPublic && found.HasMain) ?? all.FirstOrDefault(found => found.HasMain);

    private Found[] Find(string text)
    {
        try
        {
            return declaration.Matches(Clean(text))
                .Select(match => new Found(match.Groups["name"].Value, match.Groups["public"].Success, main.IsMatch(match.Groups["body"].Value)))
                .ToArray();
        }
        catch (RegexMatchTimeoutException)
        {
            return []; // the compiler will tell the author what is wrong with such a text
        }
    }

    private string? FindPackage(string text)
    {
        try
        {
            return package?.Match(Clean(text)) is { Success: true } match ? match.Groups["name"].Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Comments and literals may hold anything, braces and class names too.</summary>
    private string Clean(string text) => ignore?.Replace(text, " ") ?? text;

    private sealed record Found(string Name, bool IsPublic, bool HasMain);
}
