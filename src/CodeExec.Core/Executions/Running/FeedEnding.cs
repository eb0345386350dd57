using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>The last entries of a feed: how the execution ended, and its result.</summary>
internal static class FeedEnding
{
    /// <summary>Ends the feed unless an earlier try has; that one may have died between the record and the feed. Durable when it returns.</summary>
    public static async Task EndAsync(this ILogWriter feed, ExecutionRecord ended, ILogStore logs, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool hasEnded = false;
        await foreach (LogEntry last in logs.ReadAsync(ended.Id, feed.LastSequence - 1, cancellationToken))
        {
            hasEnded = last.Event == FeedEvent.Result;
        }

        if (!hasEnded)
        {
            Say(feed, clock, ended);
        }

        await feed.FlushAsync(cancellationToken);
    }

    private static void Say(ILogWriter feed, TimeProvider clock, ExecutionRecord record)
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
