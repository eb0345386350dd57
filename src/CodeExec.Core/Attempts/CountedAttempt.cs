namespace CodeExec.Core.Attempts;

/// <summary>The attempt that a piece of work is, as it stands in the work's own record.</summary>
/// <param name="Id">Of the attempt; the same for all requests with one idempotency key.</param>
/// <param name="Subject">Id of the problem or the challenge.</param>
/// <param name="CountsCompileErrors">As the rules were when it was made.</param>
/// <param name="CountsFormatErrors">As the rules were when it was made.</param>
public sealed record CountedAttempt(string Id, AttemptKind Kind, string Subject, string Student, bool CountsCompileErrors, bool CountsFormatErrors = true)
{
    public static CountedAttempt Of(Attempt attempt, AttemptSubject subject, string student, AttemptRules rules)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(rules);
        return new(attempt.Id, subject.Kind, subject.Id, student, rules.CountsCompileErrors, rules.CountsFormatErrors);
    }
}
