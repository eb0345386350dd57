namespace CodeExec.Client;

/// <summary>What all tests came to.</summary>
public sealed record Grade
{
    public int Passed { get; init; }

    public int Total { get; init; }

    public string? FirstFailure { get; init; }

    public IReadOnlyDictionary<string, int> Verdicts { get => field ?? new Dictionary<string, int>(); init; }

    public IReadOnlyList<GroupResult> Groups { get => field ?? []; init; }

    public ProblemReference? Problem { get; init; }

    /// <summary>Only some of the tests were asked for.</summary>
    public bool Partial { get; init; }

    /// <summary>Where the score was given by hand: what it would be else.</summary>
    public decimal? ComputedScore { get; init; }

    /// <summary>Oldest first; the last one counts.</summary>
    public IReadOnlyList<GradeOverride> Overrides { get => field ?? []; init; }
}

public sealed record GroupResult(string Id, string? Name, string Verdict, decimal Score, decimal MaxScore, int Passed, int Total);
