namespace CodeExec.Core.Attempts;

/// <summary>More attempts that a person gave to a student. None is ever forgotten while the student's attempts are kept.</summary>
/// <param name="Attempts">How many more; below zero: taken back.</param>
/// <param name="By">The name of the key.</param>
/// <param name="Key">Of the request, where it had an idempotency key.</param>
public sealed record AttemptGrant(int Attempts, string Reason, string By, DateTimeOffset At, string? Key = null)
{
    public const int LongestReason = 1000, Most = 1000;
}
