namespace CodeExec.Core.Executions;

/// <summary>The one table of legal moves.</summary>
public static class ExecutionTransitions
{
    public static bool IsFinal(this ExecutionStatus status)
        => status is ExecutionStatus.Completed or ExecutionStatus.Failed or ExecutionStatus.Timeout or ExecutionStatus.Cancelled;

    public static bool CanMove(ExecutionStatus from, ExecutionStatus to) => (from, to) switch
    {
        _ when from.IsFinal() => false,
        (ExecutionStatus.Queued, ExecutionStatus.Preparing) => true,
        (ExecutionStatus.Preparing, ExecutionStatus.Preparing) => true, // again after a crash
        (ExecutionStatus.Preparing, ExecutionStatus.Running) => true,
        (ExecutionStatus.Running, ExecutionStatus.Preparing) => true, // again after a crash
        (ExecutionStatus.Running, ExecutionStatus.Running) => true, // another try in another container
        (ExecutionStatus.Running, ExecutionStatus.Completed or ExecutionStatus.Timeout) => true,
        (ExecutionStatus.Queued, ExecutionStatus.Failed or ExecutionStatus.Cancelled) => true,
        (ExecutionStatus.Preparing, ExecutionStatus.Completed or ExecutionStatus.Timeout) => true, // ended before "running" was written
        (_, ExecutionStatus.Failed or ExecutionStatus.Cancelled) => true,
        _ => false,
    };

    /// <exception cref="IllegalTransitionException">The table does not have this move.</exception>
    public static void Require(ExecutionStatus from, ExecutionStatus to)
    {
        if (!CanMove(from, to))
        {
            throw new IllegalTransitionException(from, to);
        }
    }
}
