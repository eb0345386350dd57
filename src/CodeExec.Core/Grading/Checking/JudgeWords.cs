using System.Globalization;
using CodeExec.Core.Languages;

namespace CodeExec.Core.Grading.Checking;

/// <summary>What a judge's program came to and said, as a result.</summary>
internal static class JudgeWords
{
    /// <param name="points">Of the test: the most it can give.</param>
    /// <param name="who">"checker" or "interactor".</param>
    /// <param name="failures">How a program in its language says that it died of an error.</param>
    public static CheckResult Read(CaseFacts facts, JudgeProtocol protocol, JudgeSaid said, decimal points, string who, FailurePattern? failures = null)
        => protocol == JudgeProtocol.Icpc ? ReadIcpc(facts, said, points, who, failures) : ReadTestlib(facts, said, points, who, failures);

    private static CheckResult ReadTestlib(CaseFacts facts, JudgeSaid said, decimal points, string who, FailurePattern? failures)
    {
        if (Failed(facts, said, failures) is { } failure)
        {
            return CheckResult.JudgeFailed($"The {who} failed ({failure.Type}).", said.Stderr);
        }

        return VerdictTable.OfChecker(facts) switch
        {
            null => PointsText.Read(said.Stderr) is { } given
                ? Part(points == 0 ? 0 : given.Points / points) with { Message = given.Message }
                : CheckResult.JudgeFailed($"The {who} gives points (exit code 7) but says no number on stderr.", said.Stderr),
            Verdict.CheckerError => CheckResult.JudgeFailed($"The {who} failed ({facts.Describe()}).", said.Stderr),
            { } verdict => new CheckResult(verdict, verdict == Verdict.Accepted ? 1 : 0, NullIfEmpty(said.Stderr)),
        };
    }

    // What it says to judges may give the answer away: the submitter has the words that are meant for teams.
    private static CheckResult ReadIcpc(CaseFacts facts, JudgeSaid said, decimal points, string who, FailurePattern? failures)
    {
        CheckResult result = Failed(facts, said, failures) is { } failure ? CheckResult.JudgeFailed($"The {who} failed ({failure.Type}).")
            : VerdictTable.OfChecker(facts, JudgeProtocol.Icpc) switch
            {
                Verdict.Accepted => Score(said, points, who),
                Verdict.WrongAnswer => new(Verdict.WrongAnswer, 0, NullIfEmpty(said.TeamMessage)),
                _ => CheckResult.JudgeFailed($"The {who} failed ({facts.Describe()})."),
            };
        return result with { JudgeMessage = NullIfEmpty(said.JudgeMessage) ?? NullIfEmpty(said.Stderr) };
    }

    // Often with an exit code that means "wrong".
    private static ProgramFailure? Failed(CaseFacts facts, JudgeSaid said, FailurePattern? failures) => facts.ExitCode is not (null or 0) ? failures?.Find(said.Written) : null;

    private static CheckResult Score(JudgeSaid said, decimal points, string who)
    {
        (string name, string? text) = said.Score is not null ? ("score.txt", said.Score) : ("score_multiplier.txt", said.ScoreMultiplier);
        if (text is null)
        {
            return CheckResult.Accepted with { Message = NullIfEmpty(said.TeamMessage) };
        }

        return decimal.TryParse(text, PointsText.Number, CultureInfo.InvariantCulture, out decimal number)
            ? Part(said.Score is null ? number : points == 0 ? 0 : number / points) with { Message = NullIfEmpty(said.TeamMessage) }
            : CheckResult.JudgeFailed($"The {who} wrote no number into {name}.");
    }

    private static CheckResult Part(decimal part)
    {
        decimal fraction = Math.Clamp(part, 0, 1);
        return new CheckResult(fraction >= 1 ? Verdict.Accepted : fraction > 0 ? Verdict.PartiallyCorrect : Verdict.WrongAnswer, fraction);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
