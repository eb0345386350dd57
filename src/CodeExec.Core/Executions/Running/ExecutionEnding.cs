using CodeExec.Core.Containers;
using CodeExec.Core.Operations;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>Writes the one end of an execution, in record and feed, and then tells of it. Repeating it finds the end written.</summary>
public sealed class ExecutionEnding(
    IExecutionStore executions, ILogStore logs, RunningExecutions running, EndNotices notices, ExecutionSignals signals, ExecutionDurations durations, TimeProvider clock)
{
    /// <returns>How it ended: by this report, or by what was written before.</returns>
    public async Task<ExecutionStatus> EndAsync(ExecutionId id, ExecutionReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        while (true)
        {
            ExecutionRecord? record = await executions.FindAsync(id, cancellationToken);
            if (record is null)
            {
                return ExecutionStatus.Cancelled; // deleted
            }

            ILogWriter feed = await running.For(id).OpenFeedAsync(logs, record, cancellationToken);
            if (record.Status.IsFinal())
            {
                await feed.EndAsync(record, logs, clock, cancellationToken);
                await notices.TellAsync(record, cancellationToken);
                signals.NotifyEnd(id);
                return record.Status;
            }

            ExecutionRecord ended = End(record, report);
            if (await executions.TryEndAsync(ended, feed, FeedEnding.Of(ended, clock), cancellationToken) is { } written)
            {
                await notices.TellAsync(written, cancellationToken);
                signals.NotifyEnd(id);
                durations.Observe(written.Language, written.Status, written.Duration!.Value);
                return written.Status;
            }
        }
    }

    private ExecutionRecord End(ExecutionRecord record, ExecutionReport report)
    {
        ExecutionStatus status = report.Outcome.ToStatus();
        // That it had begun is only noted, and a note may be lost; the report knows better.
        ExecutionRecord begun = ExecutionTransitions.CanMove(record.Status, status) ? record : record.MoveTo(ExecutionStatus.Preparing);
        return begun.MoveTo(status) with
        {
            Outcome = report.Outcome,
            PreparedAt = record.PreparedAt ?? report.PreparedAt,
            StartedAt = report.StartedAt ?? record.StartedAt,
            EndedAt = Later(report.EndedAt ?? clock.GetUtcNow(), report.StartedAt ?? record.CreatedAt),
            Compile = report.Compile,
            Run = report.Run,
            Artifacts = report.Artifacts,
            Displays = report.Displays,
            Error = report.Error,
            Isolation = report.Isolation,
            Cost = RunCost.Sum([record.Cost, report.Cost]),
            Grade = report.Grade,
        };
    }

    /// <summary>Clocks are set back at times; an execution does not end before it began.</summary>
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
