using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>Begins with an execution, unless it has ended already (it was stopped while it waited).</summary>
public sealed class PrepareExecution(IExecutionStore executions, ILogStore logs, RunningExecutions running, TimeProvider clock) : IActivity<ExecutionId, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
    {
        while (true)
        {
            ExecutionRecord? record = await executions.FindAsync(input, cancellationToken);
            if (record is null || record.Status.IsFinal())
            {
                return false;
            }

            ILogWriter feed = await running.For(input).OpenFeedAsync(logs, record, cancellationToken);
            ExecutionRecord preparing = record.MoveTo(ExecutionStatus.Preparing) with { PreparedAt = clock.GetUtcNow() };
            if (await executions.TryUpdateAsync(preparing, cancellationToken) is not null)
            {
                feed.SayStatus(clock, ExecutionStatus.Preparing, record.Status == ExecutionStatus.Queued
                    ? $"Preparing {record.Language} {record.Version}"
                    : $"Beginning again with {record.Language} {record.Version}: the service was interrupted");
                return true;
            }
        }
    }
}
