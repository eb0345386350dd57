using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>The names that stand in histories.</summary>
public static class ExecutionActivities
{
    public static readonly OrchestrationName<ExecutionId, ExecutionStatus> Orchestration = new("execution");

    /// <summary>
    /// Runs an execution to its end and records that; only what could not be recorded is left to <see cref="Finish"/>. On a host whose activities must be short, one
    /// call is a slice of a long run, and the next call goes on with it.
    /// </summary>
    public static readonly ActivityName<ExecutionId, RunEnd> Run = new("execution.run");

    public static readonly ActivityName<ExecutionId, bool> Stop = new("execution.stop");

    public static readonly ActivityName<FinishInput, ExecutionStatus> Finish = new("execution.finish");

    public static readonly ActivityName<ExecutionId, bool> CleanUp = new("execution.cleanUp");

    public const string StopEvent = "stop";
}

/// <param name="Status">The end that stands in the record: nothing is left to do.</param>
/// <param name="Report">What came of running, when the store did not take the end.</param>
/// <param name="FollowedTo">Set when it has not ended: the number of the last event that was followed. To be called again.</param>
public sealed record RunEnd(ExecutionStatus? Status, ExecutionReport? Report = null, long? FollowedTo = null);

public sealed record FinishInput(ExecutionId Id, ExecutionReport Report);
