using CodeExec.Core.Executions.Results;
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
                await EndFeedAsync(entry, finished, cancellationToken);
                return finished.Status;
            }
        }
    }

    /// <summary>Unless an earlier life of this activity has; it may have died between the record and the feed.</summary>
    private async Task EndFeedAsync(RunningExecution entry, ExecutionRecord finished, CancellationToken cancellationToken)
    {
        ILogWriter feed = await entry.OpenFeedAsync(logs, finished, cancellationToken);
        bool ended = false;
        await foreach (LogEntry last in logs.ReadAsync(finished.Id, feed.LastSequence - 1, cancellationToken))
        {
            ended = last.Event == FeedEvent.Result;
        }

        if (!ended)
        {
            Say(feed, finished);
            signals.Notify(finished.Id);
        }

        await feed.FlushAsync(cancellationToken);
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

    private void Say(ILogWriter feed, ExecutionRecord record)
    {
        if (record.Error is { } error)
        {
            feed.SayError(clock, error.Message);
        }

        feed.SayStatus(clock, record.Status, OutcomeText.For(record.Outcome!));
        StepResult? last = record.Run ?? record.Compile;
        feed.SayResult(clock, last is null ? "Ended" : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Ended after {last.WallMs:0} ms, with {last.CpuMs:0} ms of CPU time and {last.MemoryBytes / 1048576.0:0.0} MB of memory"));
    }
}
