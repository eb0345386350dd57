namespace CodeExec.Core.Batches.Submitting;

public abstract record CreateBatchOutcome
{
    private CreateBatchOutcome()
    {
    }

    /// <summary>Durable: it will be graded, whatever happens to this process.</summary>
    public sealed record Accepted(BatchSummary Batch) : CreateBatchOutcome;

    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : CreateBatchOutcome;
}
