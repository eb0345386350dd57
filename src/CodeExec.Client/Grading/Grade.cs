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
}

public sealed record GroupResult(string Id, string? Name, string Verdict, decimal Score, decimal MaxScore, int Passed, int Total);
