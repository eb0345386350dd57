using System.Text;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Looks for a pattern. In linear time where the pattern allows; else with a time limit, which is not the submitter's fault.</summary>
internal sealed class RegexCheck(string pattern, bool ignoreCase) : WholeOutputCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">Not a pattern; the message says where.</exception>
    public static Regex Make(string pattern, bool ignoreCase)
    {
        RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.Multiline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Patience); // it looks back or around
        }
    }

    protected override CheckResult Check(ReadOnlyMemory<byte> output)
    {
        try
        {
            // '$' must mean the end of a line whatever a program ends its lines with.
            string text = Encoding.UTF8.GetString(output.Span).ReplaceLineEndings("\n");
            return Make(pattern, ignoreCase).IsMatch(text) ? CheckResult.Accepted : CheckResult.Wrong("The output does not have the expected pattern.");
        }
        catch (RegexMatchTimeoutException)
        {
            return new CheckResult(Verdict.CheckerError, 0, $"The pattern took longer than {Patience.TotalSeconds:0} s: make it simpler.");
        }
    }
}
