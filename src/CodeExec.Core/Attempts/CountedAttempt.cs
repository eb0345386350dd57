namespace CodeExec.Core.Attempts;

/// <summary>The attempt that a piece of work is, as it stands in the work's own record.</summary>
/// <param name="Id">Of the attempt; the same for all requests with one idempotency key.</param>
/// <param name="Subject">Id of the problem or the challenge.</param>
/// <param name="CountsCompileErrors">As the rules were when it was made.</param>
public sealed record CountedAttempt(string Id, AttemptKind Kind, string Subject, string Student, bool CountsCompileErrors);
