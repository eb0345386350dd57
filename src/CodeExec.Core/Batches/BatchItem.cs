using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Overriding;

namespace CodeExec.Core.Batches;

/// <summary>One submission of a batch and what it came to.</summary>
public sealed record BatchItem
{
    /// <summary>Its place in the batch, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What its author calls it: a student, a file. Within the batch it may stand more than once.</summary>
    public required string Key { get; init; }

    public required string Language { get; init; }

    public BatchItemState State { get; init; }

    /// <summary>Of the submission: the same for two that are run alike.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The same program as that one's: graded once, marked here.</summary>
    public int? ReuseOf { get; init; }

    /// <summary>The same program was graded in that earlier batch, by the same tests.</summary>
    public BatchPlace? From { get; init; }

    public ExecutionId? Execution { get; init; }

    public Verdict? Verdict { get; init; }

    public decimal Score { get; init; }

    public decimal MaxScore { get; init; }

    /// <summary>Where the score was given by hand.</summary>
    public decimal? ComputedScore { get; init; }

    /// <summary>Oldest first; the last one counts.</summary>
    public IReadOnlyList<GradeOverride> Overrides { get; init; } = [];

    public int Passed { get; init; }

    public int Total { get; init; }

    public string? FirstFailure { get; init; }

    public long DurationMs { get; init; }

    /// <summary>What all tries of it have cost; null where containers have no price.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>Why it was set aside.</summary>
    public string? Reason { get; init; }

    /// <summary>How often we have tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Where the submission stands, if it was mended and no longer stands with its shard.</summary>
    public string? Mended { get; init; }

    /// <summary>Points given by hand are for this submission, whatever it was graded by.</summary>
    /// <param name="overrides">Oldest first; the last one counts.</param>
    public BatchItem With(IReadOnlyList<GradeOverride> overrides)
    {
        decimal computed = ComputedScore ?? Score;
        decimal? given = overrides is [.., { Points: { } points }] ? points : null;
        return this with { Score = given ?? computed, ComputedScore = given is null ? null : computed, Overrides = overrides };
    }

    /// <summary>With what people have said of another grading of the same submission, too.</summary>
    public BatchItem WithOverridesOf(BatchItem other)
    {
        ArgumentNullException.ThrowIfNull(other);
        IReadOnlyList<GradeOverride> all = [.. Overrides.Union(other.Overrides).OrderBy(one => one.At)];
        return State != BatchItemState.Done || all.Count == Overrides.Count ? this : With(all);
    }
}

/// <summary>A submission of a batch.</summary>
public sealed record BatchPlace(BatchId Batch, int Index);

public enum BatchItemState
{
    Waiting,
    Done,

    /// <summary>Set aside: it can not be graded as it is.</summary>
    Dead,
    Cancelled,
}
