using CodeExec.Core.Languages;

namespace CodeExec.Core.Grading.Checking;

/// <summary>What a judge's program came to and said, as a result.</summary>
internal static class JudgeWords
{
    /// <param name="said">On stderr.</param>
    /// <param name="points">Of the test: the most it can give.</param>
    /// <param name="who">"checker" or "interactor".</param>
    /// <param name="failures">How a program in its language says that it died of an error.</param>
    public static CheckResult Read(CaseFacts facts, JudgeProtocol protocol, string said, decimal points, string who, FailurePattern? failures = null)
    {
        said = said.Trim();
        if (facts.ExitCode is not (null or 0) && failures?.Find(said) is { } failure)
        {
            return new CheckResult(Verdict.CheckerError, 0, $"The {who} failed ({failure}). {said}"); // often with an exit code that means "wrong"
        }

        return VerdictTable.OfChecker(facts, protocol) switch
        {
            null => Points(said, points, who),
            Verdict.CheckerError => new CheckResult(Verdict.CheckerError, 0, $"The {who} failed ({facts.Describe()}). {said}".TrimEnd()),
            { } verdict => new CheckResult(verdict, verdict == Verdict.Accepted ? 1 : 0, said.Length > 0 ? said : null),
        };
    }

    private static CheckResult Points(string said, decimal most, string who)
    {
        if (PointsText.Read(said) is not { } points)
        {
            return new CheckResult(Verdict.CheckerError, 0, $"The {who} gives points (exit code 7) but says no number on stderr.");
        }

        decimal fraction = most == 0 ? 0 : Math.Clamp(points.Points / most, 0, 1);
        return new CheckResult(fraction >= 1 ? Verdict.Accepted : fraction > 0 ? Verdict.PartiallyCorrect : Verdict.WrongAnswer, fraction, points.Message);
    }
}
