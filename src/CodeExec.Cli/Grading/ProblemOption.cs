using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>A problem as it is named on a command line: ID, or ID@VERSION.</summary>
internal static class ProblemOption
{
    /// <exception cref="UsageException">It is no such name.</exception>
    public static ProblemReference? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int at = text.LastIndexOf('@');
        return at < 0 ? new ProblemReference(text)
            : int.TryParse(text.AsSpan(at + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int version) && at > 0 ? new ProblemReference(text[..at], version)
            : throw new UsageException($"'{text}' does not name a problem: write its ID, or ID@VERSION.");
    }
}
