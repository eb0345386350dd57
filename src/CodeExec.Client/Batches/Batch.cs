using System.Text.Json.Serialization;

namespace CodeExec.Client;

/// <summary>What the server knows of a batch.</summary>
public sealed record Batch
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>"receiving", "scheduled", "running", "paused", "completed" or "cancelled".</summary>
    public string State { get => field ?? ""; init; }

    public ProblemReference? Problem { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was asked to begin; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public BatchProgress Progress { get => field ?? new(0, 0, 0, 0, null); init; }

    public decimal Score { get; init; }

    public decimal MaxScore { get; init; }

    public IReadOnlyDictionary<string, int> Verdicts { get => field ?? new Dictionary<string, int>(); init; }

    /// <summary>How many were the same as another, here or in an earlier batch.</summary>
    public int Reused { get; init; }

    public int DeadLetters { get; init; }

    public int Cancelled { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Of all its executions so far; null where containers have no price.</summary>
    public ExecutionCost? Cost { get; init; }

    public string? RegradeOf { get; init; }

    public string? PublishedRegrade { get; init; }

    [JsonIgnore]
    public bool HasEnded => EndedAt is not null && State is "completed" or "cancelled";
}

/// <param name="Done">Graded, set aside or cancelled.</param>
public sealed record BatchProgress(int Done, int Total, double Percentage, double RatePerMinute, DateTimeOffset? EstimatedEnd);

/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record BatchPage(IReadOnlyList<Batch> Items, string? Cursor = null);
