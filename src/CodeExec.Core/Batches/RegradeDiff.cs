using CodeExec.Core.Executions;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Batches;

/// <summary>What a regrade changes.</summary>
/// <param name="Unchanged">How many submissions came to the same.</param>
public sealed record RegradeDiff(Batch Before, Batch After, int Unchanged, IReadOnlyList<ItemChange> Changes);

/// <summary>A submission that came to something else.</summary>
public sealed record ItemChange(
    int Index,
    string Key,
    Verdict? VerdictBefore,
    Verdict? VerdictAfter,
    decimal ScoreBefore,
    decimal ScoreAfter,
    decimal MaxScoreBefore,
    decimal MaxScoreAfter,
    string? FirstFailureBefore,
    string? FirstFailureAfter,
    ExecutionId? ExecutionBefore,
    ExecutionId? ExecutionAfter)
{
    /// <returns>Null if nothing changed.</returns>
    public static ItemChange? Between(BatchItem before, BatchItem after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        bool same = before.Verdict == after.Verdict && before.Score == after.Score && before.MaxScore == after.MaxScore && before.State == after.State;
        return same ? null : new(
            after.Index,
            after.Key,
            before.Verdict,
            after.Verdict,
            before.Score,
            after.Score,
            before.MaxScore,
            after.MaxScore,
            before.FirstFailure,
            after.FirstFailure,
            before.Execution,
            after.Execution);
    }
}
