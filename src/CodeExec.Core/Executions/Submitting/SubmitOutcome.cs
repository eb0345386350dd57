using CodeExec.Core.Attempts;

namespace CodeExec.Core.Executions.Submitting;

public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>Where its student then stands, if attempts are counted.</summary>
    public AttemptStanding? Attempts { get; init; }

    /// <summary>Durable: it will be run, whatever happens to this process.</summary>
    public sealed record Accepted(ExecutionRecord Record) : SubmitOutcome;

    /// <summary>The idempotency key had been used for this very request.</summary>
    public sealed record Repeated(ExecutionRecord Record) : SubmitOutcome;

    /// <summary>The idempotency key had been used for another request.</summary>
    public sealed record KeyConflict : SubmitOutcome;

    /// <summary>Nothing was stored. Messages by field, as the client names it ("limits.memoryMb").</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : SubmitOutcome;

    /// <summary>Nothing was stored: too much is waiting.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : SubmitOutcome;

    /// <summary>Nothing was stored: its student has no attempt left, or has to wait.</summary>
    public sealed record NoAttempt(AttemptStanding Standing) : SubmitOutcome;
}
