using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Running;

/// <summary>Writes the end of an execution that could not end by itself.</summary>
public sealed class FinishExecution(ExecutionEnding ending) : IActivity<FinishInput, ExecutionStatus>
{
    public Task<ExecutionStatus> RunAsync(ActivityContext context, FinishInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ending.EndAsync(input.Id, input.Report, cancellationToken);
    }
}
