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

    /// <summary>Over all that a grade depends on: what was graded under another one is not taken for graded here.</summary>
    public string ProblemFingerprint { get; init; } = "";

    public required BatchState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was asked to begin; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many submissions it has.</summary>
    public int Total { get; init; }

    public required int ShardSize { get; init; }

    public required int Concurrency { get; init; }

    public ExecutionPriority Priority { get; init; } = ExecutionPriority.Low;

    /// <summary>Grade every submission, also one that is the same as another, here or in an earlier batch.</summary>
    public bool Force { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>How often work on it was begun: each has an orchestration of its own.</summary>
    public int Runs { get; init; }

    /// <summary>How often something was put back to work: whoever ends the batch must have seen it.</summary>
    public int Requeued { get; init; }

    /// <summary>What it came to, once it has ended.</summary>
    public ShardTally? Final { get; init; }

    /// <summary>For how long it was worked on, before <see cref="WorkingSince"/>: what it was paused does not count.</summary>
    public TimeSpan Worked { get; init; }

    public DateTimeOffset? WorkingSince { get; init; }

    /// <summary>Over all that was sent, where the sender gave a key of its own.</summary>
    public string? Fingerprint { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The batch whose submissions this one grades again.</summary>
    public BatchId? RegradeOf { get; init; }

    /// <summary>Whom to tell of its end.</summary>
    public Callbacks.CallbackTarget? Callback { get; init; }

    /// <summary>A regrade whose results count in place of its own.</summary>
    public BatchId? Published { get; init; }

    public int Shards => (Total + ShardSize - 1) / ShardSize;

    /// <summary>It has ended, and those who worked on it have left it.</summary>
    public bool IsOver => State.IsFinal() && EndedAt is not null;

    public TimeSpan WorkedUntil(DateTimeOffset now) => Worked + (WorkingSince is { } since ? now - since : TimeSpan.Zero);

    /// <summary>As what it goes on, once it is all there or no longer paused.</summary>
    public BatchState WorkingState(DateTimeOffset now) => Runs <= 1 && StartAt > now ? BatchState.Scheduled : BatchState.Running;

    /// <exception cref="InvalidOperationException">The table of moves does not have this one.</exception>
    public Batch MoveTo(BatchState state, DateTimeOffset now)
        => BatchStates.CanMove(State, state)
            ? this with { State = state, Worked = WorkedUntil(now), WorkingSince = state == BatchState.Running ? now : null }
            : throw new InvalidOperationException($"A batch that is {State} can not become {state}.");
}

public enum BatchState
{
    /// <summary>Its submissions are still coming in.</summary>
    Receiving,

    /// <summary>It waits for the time at which it was asked to begin.</summary>
    Scheduled,
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
        (BatchState.Receiving, BatchState.Running or BatchState.Scheduled) => true,
        (BatchState.Scheduled, BatchState.Running or BatchState.Paused or BatchState.Cancelled) => true,
        (BatchState.Running, BatchState.Paused or BatchState.Completed or BatchState.Cancelled) => true,
        (BatchState.Paused, BatchState.Running or BatchState.Scheduled or BatchState.Cancelled) => true,
        (BatchState.Paused, BatchState.Completed) => true, // nothing was left to do when it was paused
        (BatchState.Completed or BatchState.Cancelled, BatchState.Running) => true, // something was put back to work
        _ => false,
    };
}
