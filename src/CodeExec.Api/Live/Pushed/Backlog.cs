using System.Text;

namespace CodeExec.Api.Live.Pushed;

/// <summary>Puts log lines of one source that follow each other into one event, as the hub does: each event is a request to the service.</summary>
internal static class Backlog
{
    public static async IAsyncEnumerable<LiveEvent> JoinAsync(IAsyncEnumerable<LiveEvent> events)
    {
        LogEvent? kept = null;
        StringBuilder text = new();
        await foreach (LiveEvent live in events)
        {
            LogEvent? log = live as LogEvent;
            if (kept is not null && log is not null && Batches.Joins(kept, log, text))
            {
                kept = Batches.Join(kept, log, text);
                continue;
            }

            if (kept is not null)
            {
                yield return Batches.Close(kept, text);
            }

            kept = log;
            text.Clear().Append(log?.Message);
            if (log is null)
            {
                yield return live;
            }
        }

        if (kept is not null)
        {
            yield return Batches.Close(kept, text);
        }
    }
}
