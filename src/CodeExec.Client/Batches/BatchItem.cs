namespace CodeExec.Client;

/// <summary>One submission of a batch and what it came to.</summary>
public sealed record BatchItem
{
    public int Index { get; init; }

    /// <summary>What its author calls it.</summary>
    public string Submission { get => field ?? ""; init; }

    public string Language { get => field ?? ""; init; }

    /// <summary>"waiting", "done", "dead" (set aside) or "cancelled".</summary>
    public string State { get => field ?? ""; init; }

    public string? Verdict { get; init; }

    public decimal Score { get; init; }

    public decimal MaxScore { get; init; }

    public int Passed { get; init; }

    public int Total { get; init; }

    public string? FirstFailure { get; init; }

    public bool Reused { get; init; }

    /// <summary>The same as that one of this batch.</summary>
    public int? ReuseOf { get; init; }

    /// <summary>The same as one of an earlier batch.</summary>
    public BatchPlace? ReusedFrom { get; init; }

    public long DurationMs { get; init; }

    public string? Execution { get; init; }

    /// <summary>Why it was set aside.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the score was given by hand: what it would be else.</summary>
    public decimal? ComputedScore { get; init; }

    /// <summary>Oldest first; the last one counts.</summary>
    public IReadOnlyList<GradeOverride> Overrides { get => field ?? []; init; }

    /// <summary>It was put back to work, which has not come to it yet.</summary>
    public bool Requeued { get; init; }
}

public sealed record BatchPlace(string Batch, int Index);

public sealed record BatchItemList(IReadOnlyList<BatchItem> Items);
