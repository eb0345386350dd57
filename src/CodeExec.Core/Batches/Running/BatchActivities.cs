using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Running;

/// <summary>The names that stand in histories.</summary>
public static class BatchActivities
{
    public static readonly OrchestrationName<BatchStart, bool> Orchestration = new("batch");

    /// <summary>Its time has come.</summary>
    public static readonly ActivityName<BatchStart, bool> Begin = new("batch.begin");

    /// <summary>False: it was paused before its end.</summary>
    public static readonly ActivityName<ShardWork, bool> RunShard = new("batch.runShard");

    /// <summary>Gives those that are the same as another what that one came to, and ends the batch; or tells the shards that have something to do yet.</summary>
    public static readonly ActivityName<BatchStart, IReadOnlyList<int>> Settle = new("batch.settle");

    /// <summary>Its payload is one of <see cref="Pause"/>, <see cref="Resume"/>, <see cref="Cancel"/>, or <see cref="Requeue"/> and a shard.</summary>
    public const string ControlEvent = "control";

    public const string Pause = "pause", Resume = "resume", Cancel = "cancel", Requeue = "requeue ";

    public static string InstanceOf(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return $"batch-{batch.Id}-{batch.Runs}";
    }
}

/// <param name="Shards">Those that have something to do.</param>
/// <param name="Concurrency">Submissions at once.</param>
/// <param name="RequeuedFirst">What is put back to work goes before all that waits. Not in those that an earlier release began: their histories say otherwise.</param>
/// <param name="Run">Which of the batch's runs: an earlier one that is repeated after a crash leaves a later one alone.</param>
/// <param name="StartAt">Nothing is handed out before; null: at once.</param>
public sealed record BatchStart(TenantId Tenant, BatchId Id, IReadOnlyList<int> Shards, int Concurrency, int Run = 1, bool RequeuedFirst = false, DateTimeOffset? StartAt = null);

public sealed record ShardWork(TenantId Tenant, BatchId Id, int Shard, int Concurrency);
