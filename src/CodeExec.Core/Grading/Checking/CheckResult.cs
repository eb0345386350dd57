namespace CodeExec.Core.Grading.Checking;

/// <param name="Fraction">Of the test's points, from 0 to 1.</param>
/// <param name="Message">For the author, and for the submitter of a test that is not hidden.</param>
/// <param name="JudgeMessage">For the author alone.</param>
public sealed record CheckResult(Verdict Verdict, decimal Fraction, string? Message = null, string? JudgeMessage = null)
{
    public static readonly CheckResult Accepted = new(Verdict.Accepted, 1);

    public static CheckResult Wrong(string message) => new(Verdict.WrongAnswer, 0, message);

    /// <param name="details">What a judge's program or its compiler said: lines of its source, or of a hidden answer, may be among it.</param>
    public static CheckResult JudgeFailed(string message, string? details = null) => new(Verdict.CheckerError, 0, message, string.IsNullOrEmpty(details) ? null : details);
}
