using System.Text.Json.Serialization;
using CodeExec.Api.Executions;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Grading;

internal sealed record BatchView(
    BatchId Id,
    string? Name,
    BatchState State,
    ProblemVersion Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    BatchProgressView Progress,
    decimal Score,
    decimal MaxScore,
    IReadOnlyDictionary<string, int> Verdicts,
    int Reused,
    int DeadLetters,
    int Cancelled,
    IReadOnlyDictionary<string, string> Labels)
{
    public ExecutionPriority Priority { get; init; }

    public int Concurrency { get; init; }

    public bool Force { get; init; }

    /// <summary>Of all its executions by now; null where containers have no price.</summary>
    public CostView? Cost { get; init; }

    /// <summary>When it was asked to begin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchId? RegradeOf { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchId? PublishedRegrade { get; init; }

    public static BatchView Of(BatchSummary summary)
    {
        (Batch batch, ShardTally tally, ShardTally counting) = (summary.Batch, summary.Tally, summary.Counting.Tally);
        return new BatchView(
            batch.Id,
            batch.Name,
            batch.State,
            batch.Problem,
            batch.CreatedAt,
            batch.EndedAt,
            BatchProgressView.Of(summary),
            counting.Score,
            counting.MaxScore,
            counting.Verdicts.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.Name(), pair => pair.Value),
            tally.Reused,
            tally.Dead,
            tally.Cancelled,
            batch.Labels)
        {
            Priority = batch.Priority,
            Concurrency = batch.Concurrency,
            Force = batch.Force,
            Cost = CostView.Of(tally.Cost),
            StartAt = batch.StartAt,
            RegradeOf = batch.RegradeOf,
            PublishedRegrade = batch.Published,
        };
    }
}

/// <param name="Done">Graded, set aside or cancelled.</param>
internal sealed record BatchProgressView(int Done, int Total, double Percentage, double RatePerMinute, DateTimeOffset? EstimatedEnd)
{
    public static BatchProgressView Of(BatchSummary summary) => new(
        summary.Tally.Settled,
        summary.Batch.Total,
        summary.Batch.Total == 0 ? 0 : Math.Round(100.0 * summary.Tally.Settled / summary.Batch.Total, 1),
        summary.RatePerMinute,
        summary.EstimatedEnd);
}

internal sealed record BatchListView(IReadOnlyList<BatchView> Items, string? Cursor);

internal sealed record BatchItemView(
    int Index,
    string Submission,
    string Language,
    BatchItemState State,
    Verdict? Verdict,
    decimal Score,
    decimal MaxScore,
    int Passed,
    int Total,
    string? FirstFailure,
    bool Reused,
    int? ReuseOf,
    long DurationMs,
    ExecutionId? Execution,
    string? Reason)
{
    /// <summary>Where the same program was graded by the same tests, in an earlier batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchPlace? ReusedFrom { get; init; }

    /// <summary>It was put back to work, which has not come to it yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Requeued { get; init; }

    /// <summary>Where the score was given by hand: what it would be else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? ComputedScore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OverrideView>? Overrides { get; init; }

    public static BatchItemView Of(BatchItem item) => new(
        item.Index,
        item.Key,
        item.Language,
        item.State,
        item.Verdict,
        item.Score,
        item.MaxScore,
        item.Passed,
        item.Total,
        item.FirstFailure,
        (item.ReuseOf is not null || item.From is not null) && item.State == BatchItemState.Done,
        item.ReuseOf,
        item.DurationMs,
        item.Execution,
        item.Reason)
    {
        ReusedFrom = item.From,
        ComputedScore = item.ComputedScore,
        Overrides = OverrideView.Of(item.Overrides),
    };
}

internal sealed record BatchItemListView(IReadOnlyList<BatchItemView> Items);

internal sealed record RegradeDiffView(BatchId Before, BatchId After, ProblemVersion ProblemBefore, ProblemVersion ProblemAfter, int Unchanged, int Better, int Worse, IReadOnlyList<ItemChange> Changes)
{
    public static RegradeDiffView Of(RegradeDiff diff) => new(
        diff.Before.Id,
        diff.After.Id,
        diff.Before.Problem,
        diff.After.Problem,
        diff.Unchanged,
        diff.Changes.Count(change => change.ScoreAfter > change.ScoreBefore),
        diff.Changes.Count(change => change.ScoreAfter < change.ScoreBefore),
        diff.Changes);
}
