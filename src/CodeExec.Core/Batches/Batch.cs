using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches;

/// <summary>Many submissions to one problem, graded as one piece of work.</summary>
public sealed record Batch
{
    public required BatchId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public string? Name { get; init; }

    public required ProblemVersion Problem { get; init; }

    public required BatchState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many submissions it has.</summary>
    public int Total { get; init; }

    public required int ShardSize { get; init; }

    public required int Concurrency { get; init; }

    public ExecutionPriority Priority { get; init; } = ExecutionPriority.Low;

    /// <summary>Grade every submission, also one that is the same as another.</summary>
    public bool Force { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>How often work on it was begun: each has an orchestration of its own.</summary>
    public int Runs { get; init; }

    /// <summary>The batch whose submissions this one grades again.</summary>
    public BatchId? RegradeOf { get; init; }

    /// <summary>Whom to tell of its end.</summary>
    public Callbacks.CallbackTarget? Callback { get; init; }

    /// <summary>A regrade whose results count in place of its own.</summary>
    public BatchId? Published { get; init; }

    public int Shards => (Total + ShardSize - 1) / ShardSize;
}

public enum BatchState
{
    /// <summary>Its submissions are still coming in.</summary>
    Receiving,
    Running,
    Paused,
    Completed,
    Cancelled,
}

public static class BatchStates
{
    public static bool IsFinal(this BatchState state) => state is BatchState.Completed or BatchState.Cancelled;

    /// <summary>The one table of legal moves.</summary>
    public static bool CanMove(BatchState from, BatchState to) => (from, to) switch
    {
        (BatchState.Receiving, BatchState.Running) => true,
        (BatchState.Running, BatchState.Paused or BatchState.Completed or BatchState.Cancelled) => true,
        (BatchState.Paused, BatchState.Running or BatchState.Cancelled) => true,
        (BatchState.Completed or BatchState.Cancelled, BatchState.Running) => true, // something was put back to work
        _ => false,
    };
}
