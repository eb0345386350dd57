using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>Writes the one end of an execution. Repeating it finds the end written.</summary>
public sealed class FinishExecution(IExecutionStore executions, ILogStore logs, RunningExecutions running, ExecutionSignals signals, TimeProvider clock)
    : IActivity<FinishInput, ExecutionStatus>
{
    public async Task<ExecutionStatus> RunAsync(ActivityContext context, FinishInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        RunningExecution entry = running.For(input.Id);
        await entry.Flushed; // the outputs are durable before anybody is told of the end
        while (true)
        {
            ExecutionRecord? record = await executions.FindAsync(input.Id, cancellationToken);
            if (record is null)
            {
                return ExecutionStatus.Cancelled; // deleted
            }

            ExecutionRecord? finished = record.Status.IsFinal() ? record : await executions.TryUpdateAsync(Finish(record, input.Report), cancellationToken);
            if (finished is not null)
            {
                ILogWriter feed = await entry.OpenFeedAsync(logs, finished, cancellationToken);
                signals.Notify(input.Id);
                await feed.EndAsync(finished, logs, clock, cancellationToken);
                return finished.Status;
            }
        }
    }

    private ExecutionRecord Finish(ExecutionRecord record, ExecutionReport report) => record.MoveTo(report.Outcome.ToStatus()) with
    {
        Outcome = report.Outcome,
        StartedAt = report.StartedAt ?? record.StartedAt,
        EndedAt = report.EndedAt ?? clock.GetUtcNow(),
        Compile = report.Compile,
        Run = report.Run,
        Artifacts = report.Artifacts,
        Error = report.Error,
        Isolation = report.Isolation,
    };
}
