using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    /// <summary>One page of an execution's log.</summary>
    public Task<LogPage> GetLogsAsync(string id, LogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string path = new Query($"{PathOf(id)}/logs")
            .With("level", query.Level).With("source", query.Source).With("search", query.Search)
            .With("limit", query.Limit).With("offset", query.Offset).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.LogPage, cancellationToken);
    }

    /// <summary>The log from its start, or after a sequence, to the end of the execution; reconnects as needed.</summary>
    public async IAsyncEnumerable<LogEntry> FollowLogsAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = $"{PathOf(id)}/logs/stream";
        await foreach (SseItem<string> item in _follower.FollowAsync(
            after, last => EventStreamRequest(path, last), static _ => false, token => HasEndedAsync(id, token), cancellationToken))
        {
            yield return EventReader.ReadLog(item);
        }
    }

    /// <summary>What happens to an execution, from its start, or after a sequence, to its end; reconnects as needed.</summary>
    public async IAsyncEnumerable<ExecutionEvent> FollowEventsAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = $"{PathOf(id)}/events";
        await foreach (SseItem<string> item in _follower.FollowAsync(
            after, last => EventStreamRequest(path, last), EventReader.TellsTheEnd, token => HasEndedAsync(id, token), cancellationToken))
        {
            yield return EventReader.Read(item);
        }
    }

    private static HttpRequestMessage EventStreamRequest(string path, long after)
    {
        HttpRequestMessage request = new(HttpMethod.Get, new Query(path).With("after", after > 0 ? after : (long?)null).ToString());
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after > 0)
        {
            request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        }
        return request;
    }

    private async Task<bool> HasEndedAsync(string id, CancellationToken cancellationToken) => (await GetAsync(id, cancellationToken)).HasEnded;
}
