namespace CodeExec.Core.Batches.Submitting;

public abstract record CreateBatchOutcome
{
    private CreateBatchOutcome()
    {
    }

    /// <summary>Durable: it will be graded, whatever happens to this process.</summary>
    public sealed record Accepted(BatchSummary Batch) : CreateBatchOutcome;

    /// <summary>The same was sent under this key before.</summary>
    public sealed record Repeated(BatchSummary Batch) : CreateBatchOutcome;

    /// <summary>Something else was sent under this key before.</summary>
    public sealed record KeyConflict : CreateBatchOutcome;

    /// <summary>What was sent under this key before is still coming in: ask again.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : CreateBatchOutcome;

    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : CreateBatchOutcome;
}
