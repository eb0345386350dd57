using System.Text.Json.Serialization;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions;

/// <summary>The facts of an execution, as stored. Changes go through <see cref="MoveTo"/>.</summary>
public sealed record ExecutionRecord
{
    public required ExecutionId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ExecutionStatus Status { get; init; }

    public ExecutionOutcome? Outcome { get; init; }

    public required string Language { get; init; }

    public required string Version { get; init; }

    public required string Provider { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PreparedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public StepResult? Compile { get; init; }

    public StepResult? Run { get; init; }

    public IReadOnlyList<ArtifactInfo> Artifacts { get; init; } = [];

    /// <summary>What its program showed, in order; null for nothing.</summary>
    public IReadOnlyList<DisplayInfo>? Displays { get; init; }

    public ExecutionError? Error { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose it is, where that was said.</summary>
    public string? Student { get; init; }

    /// <summary>What it is graded by, where that is a problem.</summary>
    public Grading.ProblemVersion? Problem { get; init; }

    /// <summary>The attempt of its student that it is, where attempts are counted.</summary>
    public Attempts.CountedAttempt? Attempt { get; init; }

    /// <summary>How the execution was isolated when that was weaker than usual; null when all protections stood.</summary>
    public string? Isolation { get; init; }

    /// <summary>What its containers have cost so far, those that were lost or left, too; null where they have no price.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>What graded work came to.</summary>
    public Grading.Grade? Grade { get; init; }

    /// <summary>True: somebody is to be told of the end.</summary>
    public bool? Callback { get; init; }

    /// <summary>When it was asked to begin; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>It is to begin later than it was accepted.</summary>
    [JsonIgnore]
    public bool IsDelayed => StartAt > CreatedAt;

    /// <summary>From when on it may begin: what comes before is no waiting of ours.</summary>
    [JsonIgnore]
    public DateTimeOffset DueAt => IsDelayed ? StartAt!.Value : CreatedAt;

    /// <summary>From when it may begin to its end; null while it has not ended. One that was stopped before its time took none.</summary>
    [JsonIgnore]
    public TimeSpan? Duration => EndedAt is { } end ? end > DueAt ? end - DueAt : TimeSpan.Zero : null;

    /// <summary>Changes with every write; a write with an old one is refused.</summary>
    public long Revision { get; init; }

    /// <exception cref="IllegalTransitionException">The table of moves does not have this one.</exception>
    public ExecutionRecord MoveTo(ExecutionStatus status)
    {
        ExecutionTransitions.Require(Status, status);
        return this with { Status = status };
    }
}
