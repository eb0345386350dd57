using System.Globalization;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Regular expressions that strangers write, for what strangers' programs print: bounded in time and in memory, whatever both say.</summary>
public static partial class PatternRegex
{
    /// <summary>Of a pattern, written out without its repetitions, that is matched in linear time.</summary>
    private const int MostStates = 10_000;

    /// <summary>All counts of repetitions multiplied: beyond that, repetitions in repetitions could fill the memory before the time is up.</summary>
    private const double MostRepetitions = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // .NET has no other way to say it. Without it, a pattern of forty characters takes all memory of the host.
    static PatternRegex() => AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", MostStates);

    /// <summary>How long a match may take.</summary>
    public static TimeSpan Limit => Patience;

    /// <returns>What is wrong with a pattern; null for one that can be made.</returns>
    public static string? FindMistake(string pattern)
    {
        try
        {
            return TryMake(pattern, ignoreCase: false) is null ? "Repeats too much: the counts in braces, multiplied, are too many." : null;
        }
        catch (RegexParseException e)
        {
            return $"Is not a pattern: look near character {e.Offset} ({e.Error}).";
        }
    }

    /// <summary>In linear time where the pattern allows; else with a time limit.</summary>
    /// <returns>Null for one that repeats too much.</returns>
    /// <exception cref="RegexParseException">Not a pattern.</exception>
    public static Regex? TryMake(string pattern, bool ignoreCase)
    {
        RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.Multiline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            // It looks back or around, or has too many states.
            return Repetitions(pattern) <= MostRepetitions ? new Regex(pattern, options, Patience) : null;
        }
    }

    /// <summary>Whether a match takes linear time.</summary>
    public static bool IsLinear(this Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        return regex.Options.HasFlag(RegexOptions.NonBacktracking);
    }

    // Counts in comments and in one another's neighbourhood are taken for nested ones: more than there are, never less.
    private static double Repetitions(string pattern) => Braces().Matches(pattern).Aggregate(1.0, (product, braces)
        => product * Math.Max(1, braces.Groups["count"].Captures.Max(count => double.Parse(count.ValueSpan, CultureInfo.InvariantCulture))));

    [GeneratedRegex(@"\{(?<count>\d+)(?:,(?<count>\d+)?)?\}")]
    private static partial Regex Braces();
}
