using System.Text;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Looks for a pattern. One that takes too long, or too much, is not the submitter's fault.</summary>
internal sealed class RegexCheck(string pattern, bool ignoreCase) : WholeOutputCheck
{
    /// <summary>Who goes back and forth notes where it was, at every character.</summary>
    private const int MostBytesUnlessLinear = 1 << 20;

    private readonly Regex? _regex = PatternRegex.TryMake(pattern, ignoreCase);

    protected override int Most => _regex?.IsLinear() == true ? base.Most : MostBytesUnlessLinear;

    protected override CheckResult Check(ReadOnlyMemory<byte> output)
    {
        if (_regex is null)
        {
            return new CheckResult(Verdict.CheckerError, 0, "The pattern repeats too much: make it simpler.");
        }

        try
        {
            // '$' must mean the end of a line whatever a program ends its lines with.
            string text = Encoding.UTF8.GetString(output.Span).ReplaceLineEndings("\n");
            return _regex.IsMatch(text) ? CheckResult.Accepted : CheckResult.Wrong("The output does not have the expected pattern.");
        }
        catch (RegexMatchTimeoutException)
        {
            return new CheckResult(Verdict.CheckerError, 0, $"The pattern took longer than {PatternRegex.Limit.TotalSeconds:0} s: make it simpler.");
        }
    }
}
