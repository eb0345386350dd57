namespace CodeExec.Core.Executions;

public sealed class IllegalTransitionException(ExecutionStatus from, ExecutionStatus to)
    : InvalidOperationException($"An execution can not move from {from} to {to}.")
{
    public ExecutionStatus From { get; } = from;

    public ExecutionStatus To { get; } = to;
}
