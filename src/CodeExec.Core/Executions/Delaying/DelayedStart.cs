using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Delaying;

/// <summary>The names that stand in histories, of executions that begin later.</summary>
public static class DelayedStart
{
    public static readonly OrchestrationName<DelayedExecution, bool> Orchestration = new("delayedStart");

    /// <summary>Gives an execution that is due its orchestration. Null: done, or nothing was left to do; else how long until there may be room.</summary>
    public static readonly ActivityName<DelayedExecution, TimeSpan?> Begin = new("delayedStart.begin");

    public static string InstanceOf(ExecutionId id) => $"start-{id}";

    public static DelayedExecution Of(ExecutionRecord record, ExecutionPriority priority)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(record.Id, record.DueAt, priority);
    }
}

public sealed record DelayedExecution(ExecutionId Id, DateTimeOffset StartAt, ExecutionPriority Priority);
