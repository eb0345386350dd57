using System.Text.RegularExpressions;

namespace CodeExec.Core.Languages;

/// <summary>How a program of a language says on stderr that it died of an error which nobody caught. Linear in time: strangers' programs wrote what it reads.</summary>
public sealed class FailurePattern
{
    private const int LongestMessage = 1000;

    private readonly Regex _pattern;

    /// <param name="pattern">With a group <c>type</c>, and perhaps <c>message</c>.</param>
    /// <exception cref="NotSupportedException">It looks around or back.</exception>
    public FailurePattern(string pattern)
        => _pattern = new Regex(pattern, RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, ClassRule.MatchTimeout);

    /// <returns>The last one: errors that led to others stand before them. Null if it does not say so.</returns>
    public ProgramFailure? Find(string stderr)
    {
        ProgramFailure? last = null;
        foreach (Match match in _pattern.Matches(stderr))
        {
            string message = match.Groups["message"].Value.Trim();
            last = new ProgramFailure(match.Groups["type"].Value, message.Length == 0 ? null : message[..Math.Min(message.Length, LongestMessage)]);
        }

        return last;
    }
}

/// <summary>An error that nobody caught: "ValueError" and what it says.</summary>
public sealed record ProgramFailure(string Type, string? Message)
{
    public override string ToString() => Message is null ? Type : $"{Type}: {Message}";
}
