namespace CodeExec.Client;

/// <summary>A problem as the server shows it; its tests only when it is asked for by itself.</summary>
public sealed record GradedProblem
{
    public required string Id { get; init; }

    public int Version { get; init; }

    public string Title { get => field ?? ""; init; }

    public string? Statement { get; init; }

    /// <summary>Null: all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    public IReadOnlyDictionary<string, RequestedLimits> Limits { get => field ?? new Dictionary<string, RequestedLimits>(); init; }

    public IReadOnlyDictionary<string, string> Labels { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>How often a student may submit; null: as often as one likes.</summary>
    public AttemptRules? Attempts { get; init; }

    public int TestCount { get; init; }

    public int HiddenCount { get; init; }

    public decimal MaxScore { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>"ready", "checking" or "broken"; submissions are graded by the newest version that is ready.</summary>
    public string State { get => field ?? "ready"; init; }

    public IReadOnlyList<ProblemTest>? Tests { get; init; }
}

/// <param name="Stdin">Null where it is too long to stand here, or no text.</param>
public sealed record ProblemTest(string Id, string? Name, string? Group, bool Hidden, decimal Points, string? Stdin, string? Expected, long StdinBytes, long? ExpectedBytes);

/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record ProblemPage(IReadOnlyList<GradedProblem> Items, string? Cursor = null);
