using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>The names that stand in histories.</summary>
public static class ExecutionActivities
{
    public static readonly OrchestrationName<ExecutionId, ExecutionStatus> Orchestration = new("execution");

    /// <summary>Says whether there is anything to do.</summary>
    public static readonly ActivityName<ExecutionId, bool> Prepare = new("execution.prepare");

    public static readonly ActivityName<ExecutionId, ExecutionReport> Run = new("execution.run");

    public static readonly ActivityName<ExecutionId, bool> Stop = new("execution.stop");

    public static readonly ActivityName<FinishInput, ExecutionStatus> Finish = new("execution.finish");

    public static readonly ActivityName<ExecutionId, bool> CleanUp = new("execution.cleanUp");

    public const string StopEvent = "stop";
}

public sealed record FinishInput(ExecutionId Id, ExecutionReport Report);
