using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>The service's own words in the feed of an execution.</summary>
internal static class FeedWriting
{
    /// <summary>Opens the feed of an execution unless it is open, with its first entry if it has none.</summary>
    public static async Task<ILogWriter> OpenFeedAsync(this RunningExecution running, ILogStore logs, ExecutionRecord record, CancellationToken cancellationToken)
    {
        if (running.Feed is null)
        {
            running.Feed = await logs.OpenAsync(record.Id, cancellationToken);
            if (running.Feed.LastSequence == 0)
            {
                running.Feed.Append(ExecutionFeed.FirstEntry(record));
            }
        }

        return running.Feed;
    }

    public static void SayStatus(this ILogWriter feed, TimeProvider clock, ExecutionStatus status, string message) => feed.Append(Status(clock, status, message));

    public static void Say(this ILogWriter feed, TimeProvider clock, string? step, LogLevel level, string message)
        => feed.Append(Entry(clock, message) with { Step = step, Level = level });

    public static LogEntry Status(TimeProvider clock, ExecutionStatus status, string message)
        => Entry(clock, message) with { Event = FeedEvent.Status, Status = status, Level = status is ExecutionStatus.Failed or ExecutionStatus.Timeout ? LogLevel.Error : LogLevel.Info };

    public static LogEntry Error(TimeProvider clock, string message) => Entry(clock, message) with { Event = FeedEvent.Error, Level = LogLevel.Error };

    public static LogEntry Result(TimeProvider clock, string message) => Entry(clock, message) with { Event = FeedEvent.Result };

    private static LogEntry Entry(TimeProvider clock, string message) => new()
    {
        Sequence = 0, // given by the feed
        Timestamp = clock.GetUtcNow(),
        Level = LogLevel.Info,
        Source = LogSource.System,
        Message = message,
    };
}
