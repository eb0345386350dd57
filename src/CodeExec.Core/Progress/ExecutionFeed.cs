using System.Globalization;
using System.Runtime.CompilerServices;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>
/// The feed of an execution as a stream: what is there, then what comes, up to its last entry. Viewers pull at their own pace, so
/// that a slow one costs nothing but its own delay.
/// </summary>
public sealed class ExecutionFeed(ILogStore logs, IExecutionStore executions, ExecutionSignals signals, TimeProvider clock)
{
    /// <summary>Signals come from this process only; where another one runs the execution, this is how late a viewer may be.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Entries after a sequence. Ends after the entry of the result, when the execution is deleted, or when it has ended and its feed stays silent.</summary>
    public async IAsyncEnumerable<LogEntry> FollowAsync(ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = after;
        using SignalWatch<ExecutionId> watch = signals.Watch(id);
        while (true)
        {
            Task news = watch.Next();
            ExecutionRecord? record = await executions.FindAsync(id, cancellationToken);
            await foreach (LogEntry entry in ReadAsync(record, id, seen, cancellationToken))
            {
                seen = entry.Sequence;
                yield return entry;
                if (entry.Event == FeedEvent.Result)
                {
                    yield break;
                }
            }

            if (record is null || (record.Status.IsFinal() && await IsResultAsync(id, seen, cancellationToken)))
            {
                yield break;
            }

            // The end is in the record a moment before its entries are in the feed. A feed that a crash left without them ends too.
            bool isNews = await WaitAsync(news, cancellationToken);
            if (!isNews && record.Status.IsFinal())
            {
                yield break;
            }
        }
    }

    /// <summary>Entries after a sequence that are known now.</summary>
    public IAsyncEnumerable<LogEntry> ReadAsync(ExecutionRecord record, long after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return ReadAsync(record, record.Id, after, cancellationToken);
    }

    /// <summary>The first entry of every feed. It is made from the record, so that it can be seen before anything ran.</summary>
    public static LogEntry FirstEntry(ExecutionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new()
        {
            Sequence = 1,
            Timestamp = record.CreatedAt,
            Level = LogLevel.Info,
            Source = LogSource.System,
            Message = record.IsDelayed ? string.Create(CultureInfo.InvariantCulture, $"Queued, to begin at {record.StartAt:yyyy-MM-dd HH:mm:ss} UTC") : "Queued",
            Event = FeedEvent.Status,
            Status = ExecutionStatus.Queued,
        };
    }

    private async IAsyncEnumerable<LogEntry> ReadAsync(ExecutionRecord? record, ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool any = false;
        await foreach (LogEntry entry in logs.ReadAsync(id, after, cancellationToken))
        {
            any = true;
            yield return entry;
        }

        if (!any && after < 1 && record is not null)
        {
            yield return FirstEntry(record);
        }
    }

    /// <summary>For a viewer that comes back after it had seen all.</summary>
    private async Task<bool> IsResultAsync(ExecutionId id, long sequence, CancellationToken cancellationToken)
    {
        await foreach (LogEntry entry in logs.ReadAsync(id, sequence - 1, cancellationToken))
        {
            return entry.Sequence == sequence && entry.Event == FeedEvent.Result;
        }
        return false;
    }

    /// <returns>False if there was no signal for a while: look anyway.</returns>
    private async Task<bool> WaitAsync(Task news, CancellationToken cancellationToken)
    {
        try
        {
            await news.WaitAsync(LookAgain, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
