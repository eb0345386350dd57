namespace CodeExec.Client;

public static class ExecutionStatuses
{
    /// <summary>Nothing follows this status.</summary>
    public static bool IsEnd(this ExecutionStatus status)
        => status is ExecutionStatus.Completed or ExecutionStatus.Failed or ExecutionStatus.Timeout or ExecutionStatus.Cancelled;
}
