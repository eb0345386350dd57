using System.Runtime.CompilerServices;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Live;

/// <summary>
/// The feed of an execution as events for the hub, where each event is a push of its own: log lines of one source that are there at
/// the same time are put together into one, so that a flood of lines is not a flood of pushes.
/// </summary>
internal static class Batches
{
    private const int LongestMessage = 16 << 10;

    public static async IAsyncEnumerable<LiveEvent> OfAsync(
        ExecutionFeed feed, LiveEventFactory events, TenantId tenant, ExecutionId id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using FeedReader entries = new(feed, id, after, cancellationToken);
        LogEvent? kept = null;
        StringBuilder text = new();
        StepNodes nodes = new(id);
        while (true)
        {
            if (kept is not null && !entries.Next.IsCompleted)
            {
                yield return Close(kept, text);
                kept = null;
            }

            if (!await entries.Next)
            {
                break;
            }

            LogEntry entry = entries.Take();
            NodeEvent? begun = nodes.Begun(entry);
            LogEvent? log = entry.Event == FeedEvent.Log ? LiveEventFactory.Log(id, entry) : null;
            if (kept is not null && log is not null && Joins(kept, log, text))
            {
                kept = Join(kept, log, text);
                continue;
            }

            if (kept is not null)
            {
                yield return Close(kept, text);
            }

            if (begun is not null)
            {
                yield return begun;
            }

            kept = log;
            text.Clear().Append(log?.Message);
            if (log is null)
            {
                LiveEvent live = await events.CreateAsync(tenant, id, entry, cancellationToken);
                foreach (NodeEvent node in nodes.Ended(live))
                {
                    yield return node;
                }

                yield return live;
                if (LiveEventFactory.ProgressOf(id, entry) is { } progress)
                {
                    yield return progress;
                }
            }
        }

        if (kept is not null)
        {
            yield return Close(kept, text);
        }
    }

    internal static bool Joins(LogEvent kept, LogEvent log, StringBuilder text)
        => kept.Source == log.Source && kept.Level == log.Level && kept.Step == log.Step && text.Length + log.Message.Length < LongestMessage;

    internal static LogEvent Join(LogEvent kept, LogEvent log, StringBuilder text)
    {
        _ = kept.Partial ? text.Append(log.Message) : text.Append('\n').Append(log.Message);
        return kept with { Sequence = log.Sequence, Timestamp = log.Timestamp, Partial = log.Partial, FirstSequence = kept.FirstSequence ?? kept.Sequence };
    }

    internal static LogEvent Close(LogEvent kept, StringBuilder text) => kept.FirstSequence is null ? kept : kept with { Message = text.ToString() };
}
