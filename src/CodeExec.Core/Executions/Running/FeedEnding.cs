using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>The last entries of a feed: how the execution ended, and its result.</summary>
internal static class FeedEnding
{
    public static IReadOnlyList<LogEntry> Of(ExecutionRecord ended, TimeProvider clock)
    {
        StepResult? last = ended.Run ?? ended.Compile;
        LogEntry status = FeedWriting.Status(clock, ended.Status, OutcomeText.For(ended.Outcome!));
        LogEntry result = FeedWriting.Result(clock, ended.Grade is { Score: var score } ? string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{score.Passed} of {score.Total} tests passed, {score.Points:0.##} of {score.MaxPoints:0.##} points")
            : last is null ? "Ended" : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Ended after {(last.Runs is { Count: > 1 } runs ? $"{runs.Count} runs of " : "")}{last.WallMs:0} ms, with {last.CpuMs:0} ms of CPU time and {last.MemoryBytes / 1048576.0:0.0} MB of memory"));
        return ended.Error is { } error ? [FeedWriting.Error(clock, error.Message), status, result] : [status, result];
    }

    /// <summary>Ends the feed of a record that has ended, unless that was done; whoever ended the record may have died before the feed. Durable when it returns.</summary>
    public static async Task EndAsync(this ILogWriter feed, ExecutionRecord ended, ILogStore logs, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool hasEnded = false;
        await foreach (LogEntry last in logs.ReadAsync(ended.Id, feed.LastSequence - 1, cancellationToken))
        {
            hasEnded = last.Event == FeedEvent.Result;
        }

        if (!hasEnded)
        {
            foreach (LogEntry entry in Of(ended, clock))
            {
                feed.Append(entry);
            }
        }

        await feed.FlushAsync(cancellationToken);
    }
}
