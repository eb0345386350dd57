using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>One check of a version of a problem: the facts. Its report stands in a blob.</summary>
public sealed record ProblemCheck
{
    public required string Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ProblemVersion Problem { get; init; }

    public required CheckStatus Status { get; init; }

    public CheckStage Stage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the tests stand with what was made so far; null: as they were saved.</summary>
    public string? SuiteBlob { get; init; }

    /// <summary>What runs its programs, by what it runs; they go when it ends.</summary>
    public IReadOnlyDictionary<string, ExecutionId> Executions { get; init; } = new Dictionary<string, ExecutionId>();

    public int Errors { get; init; }

    public int Warnings { get; init; }

    public ExecutionError? Error { get; init; }
}

/// <summary>Names stand in histories and on the wire.</summary>
public enum CheckStatus
{
    Queued,
    Running,

    /// <summary>Nothing has to be mended; there may be warnings.</summary>
    Passed,

    /// <summary>The report says what has to be mended.</summary>
    Failed,

    /// <summary>We could not do it.</summary>
    Error,

    /// <summary>The version is gone, or another check took its place.</summary>
    Cancelled,
}

/// <summary>What is at work.</summary>
public enum CheckStage
{
    Inputs,
    Answers,
    Judging,
}

public static class CheckStatuses
{
    public static bool IsFinal(this CheckStatus status) => status is not (CheckStatus.Queued or CheckStatus.Running);
}
