using System.Text.Json.Serialization;

namespace CodeExec.Client;

/// <summary>What the server knows of an execution.</summary>
public sealed record Execution
{
    public required string Id { get; init; }

    public required ExecutionStatus Status { get; init; }

    /// <summary>The program ended with exit code 0.</summary>
    public bool Success { get; init; }

    /// <summary>Null until it has ended.</summary>
    public ExecutionOutcome? Outcome { get; init; }

    public string Language { get => field ?? ""; init; }

    public string? Version { get; init; }

    public string? Provider { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was asked to begin; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public double? DurationMs { get; init; }

    /// <summary>Null for a language that is not compiled.</summary>
    public StepResult? Compile { get; init; }

    public StepResult? Run { get; init; }

    public ExecutionTimings? Timings { get; init; }

    public IReadOnlyList<ExecutionArtifact> Artifacts { get => field ?? []; init; }

    /// <summary>What the program showed, in order.</summary>
    public IReadOnlyList<ExecutionDisplay> Displays { get => field ?? []; init; }

    /// <summary>What the service failed to do; never the program's own fault.</summary>
    public ExecutionError? Error { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Whose it is, where that was said.</summary>
    public string? Student { get; init; }

    /// <summary>What it answers, where that is a problem.</summary>
    public ProblemReference? Problem { get; init; }

    /// <summary>In the answer to a submission, where attempts are counted: where its student then stands.</summary>
    public AttemptStanding? Attempts { get; init; }

    /// <summary>Of graded work: "accepted", "wrongAnswer"…</summary>
    public string? Verdict { get; init; }

    public decimal? Score { get; init; }

    public decimal? MaxScore { get; init; }

    public Grade? Grade { get; init; }

    public IReadOnlyList<TestResult>? Tests { get; init; }

    /// <summary>Null where containers have no price.</summary>
    public ExecutionCost? Cost { get; init; }

    /// <summary>How it was isolated when that was weaker than usual.</summary>
    public string? Isolation { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status.IsEnd();
}
