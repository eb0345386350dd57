using CodeExec.Api.Displays;
using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Live;

/// <summary>Tells what an entry of a feed is to a live viewer.</summary>
internal sealed class LiveEventFactory(IExecutionService executions, ExecutionViews views, DisplayViews displays)
{
    /// <summary>Waiting, preparing, running.</summary>
    private const int Stages = 3;

    public async ValueTask<LiveEvent> CreateAsync(TenantId tenant, ExecutionId id, LogEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.Event)
        {
            case FeedEvent.Status when entry.Status is { } status:
                return new StatusEvent(id, entry.Sequence, entry.Timestamp, status, new(entry.Message));
            case FeedEvent.Progress when entry.Test is { } test:
                return new ProgressEvent(
                    id, entry.Sequence, entry.Timestamp, entry.Step, test.Current, test.Total, Math.Round(100.0 * test.Current / test.Total, 1), entry.Message)
                {
                    Test = test.Id,
                    Verdict = test.Verdict,
                };
            case FeedEvent.Progress:
                return new ProgressEvent(id, entry.Sequence, entry.Timestamp, entry.Step, null, null, null, entry.Message);
            case FeedEvent.Display when entry.Display is { } display && await executions.FindAsync(tenant, id, cancellationToken) is { } showing:
                return new DisplayEvent(id, entry.Sequence, entry.Timestamp, await displays.WholeAsync(showing, display with { Sequence = entry.Sequence }, cancellationToken));
            case FeedEvent.Result:
                ExecutionRecord? ended = await executions.FindAsync(tenant, id, cancellationToken);
                return new ResultEvent(id, entry.Sequence, entry.Timestamp, ended is null ? null : await views.WholeAsync(ended, cancellationToken));
            case FeedEvent.Error:
                ExecutionRecord? failed = await executions.FindAsync(tenant, id, cancellationToken);
                return new ErrorEvent(id, entry.Sequence, entry.Timestamp, new(failed?.Error?.Type ?? "internal", entry.Message), EventMetadata.None);
            default:
                return Log(id, entry);
        }
    }

    /// <summary>How far an execution is, told beside each change of its status; null for all else.</summary>
    public static ProgressEvent? ProgressOf(ExecutionId id, LogEntry entry)
    {
        if (entry is not { Event: FeedEvent.Status, Status: { } status })
        {
            return null;
        }

        int done = status switch
        {
            ExecutionStatus.Queued => 0,
            ExecutionStatus.Preparing => 1,
            ExecutionStatus.Running => 2,
            _ => Stages,
        };
        return new(id, entry.Sequence, entry.Timestamp, entry.Step, done, Stages, Math.Round(100.0 * done / Stages, 1), entry.Message);
    }

    public static LogEvent Log(ExecutionId id, LogEntry entry)
        => new(id, entry.Sequence, entry.Timestamp, entry.Level, entry.Source, entry.Step, entry.Message, entry.Step, EventMetadata.None) { Partial = entry.Partial };
}
