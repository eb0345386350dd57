using CodeExec.Core.Attempts;

namespace CodeExec.Core.Specifications.Running;

public abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>Durable: it will come to its end, whatever happens to this process. Also for a request that was repeated.</summary>
    /// <param name="Attempts">Where its student then stands, if attempts are counted.</param>
    public sealed record Accepted(ValidationRun Run, AttemptStanding? Attempts = null) : StartOutcome;

    /// <summary>The idempotency key had been used for another request.</summary>
    public sealed record KeyConflict : StartOutcome;

    /// <summary>Nothing was stored. Messages by field, as the client names it.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : StartOutcome;

    /// <summary>Nothing was stored: too much is waiting.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : StartOutcome;

    /// <summary>Nothing was stored: its student has no attempt left, or has to wait.</summary>
    public sealed record NoAttempt(AttemptStanding Standing) : StartOutcome;
}
