using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Executions.Running;

/// <summary>What came of running an execution: the facts from which its record is finished.</summary>
public sealed record ExecutionReport
{
    public required ExecutionOutcome Outcome { get; init; }

    public DateTimeOffset? PreparedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public StepResult? Compile { get; init; }

    public StepResult? Run { get; init; }

    public IReadOnlyList<ArtifactInfo> Artifacts { get; init; } = [];

    public IReadOnlyList<DisplayInfo>? Displays { get; init; }

    public ExecutionError? Error { get; init; }

    public string? Isolation { get; init; }

    /// <summary>Of graded work.</summary>
    public Grading.Grade? Grade { get; init; }
}
