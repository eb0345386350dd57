namespace CodeExec.Core.Grading.Scoring;

/// <summary>What all tests came to together.</summary>
public sealed record Score
{
    public required Verdict Verdict { get; init; }

    public required decimal Points { get; init; }

    public required decimal MaxPoints { get; init; }

    public required int Passed { get; init; }

    public required int Total { get; init; }

    /// <summary>How many tests came to each verdict.</summary>
    public required IReadOnlyDictionary<Verdict, int> Verdicts { get; init; }

    public IReadOnlyList<GroupResult> Groups { get; init; } = [];

    /// <summary>The test that decided the verdict; null when all were accepted.</summary>
    public string? FirstFailure { get; init; }
}
