namespace CodeExec.Client;

/// <summary>All attempts of a student at a problem or a challenge.</summary>
/// <param name="Rules">Null: attempts are not counted.</param>
/// <param name="Attempts">Newest first.</param>
/// <param name="Grants">Oldest first.</param>
public sealed record StudentAttempts(
    string Student, AttemptRules? Rules, int Used, int? Left, int Given, DateTimeOffset? NextAt, IReadOnlyList<Attempt> Attempts, IReadOnlyList<AttemptGrant> Grants);

/// <param name="State">"open", "counted" or "free".</param>
/// <param name="Counts">False: it failed through the service, was cancelled before it began, or did not compile where that is free.</param>
/// <param name="Extra">One of those that a person gave.</param>
/// <param name="ExecutionId">Of a problem.</param>
/// <param name="SubmissionId">Of a challenge.</param>
public sealed record Attempt(DateTimeOffset At, string State, bool Counts, bool Extra, string? ExecutionId, string? SubmissionId = null);

/// <summary>More attempts that a person gave.</summary>
/// <param name="By">The name of the key.</param>
public sealed record AttemptGrant(int Attempts, string Reason, string? By = null, DateTimeOffset? At = null);

/// <param name="Attempts">How many more; below zero: taken back.</param>
public sealed record AttemptGrantRequest(string Student, int Attempts, string Reason);
