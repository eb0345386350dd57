using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace CodeExec.Client;

/// <summary>
/// Follows an execution's stream to its end over as many connections as it takes. Each new connection names the last id seen, and what
/// comes again all the same is dropped: nothing is lost, nothing comes twice.
/// </summary>
internal sealed class EventStreamFollower(Transport transport, CodeExecClientOptions options, TimeProvider clock)
{
    /// <param name="open">The request for what comes after a sequence.</param>
    /// <param name="tellsTheEnd">Whether an event says that the execution has ended.</param>
    /// <param name="hasEnded">Asks the server whether the execution has ended.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(
        long after,
        Func<long, HttpRequestMessage> open,
        Func<SseItem<string>, bool> tellsTheEnd,
        Func<CancellationToken, Task<bool>> hasEnded,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long last = after;
        int fruitless = 0;
        for (bool first = true; ; first = false)
        {
            EventStreamOpening opening = await OpenAsync(() => open(last), hasEnded, first, cancellationToken);
            if (opening.Connection is not null)
            {
                await using EventStreamConnection connection = opening.Connection;
                bool endIsKnown = opening.EndIsKnown;
                EventStreamRead read;
                while ((read = await connection.ReadAsync()).Item is { } item)
                {
                    if (IsRepeated(item, ref last))
                    {
                        continue;
                    }
                    fruitless = 0;
                    endIsKnown |= tellsTheEnd(item);
                    yield return item;
                }
                if (endIsKnown && !read.Broken)
                {
                    yield break;
                }
            }
            fruitless++;
            await BeforeReconnectAsync(fruitless, opening.Failure, last, cancellationToken);
        }
    }

    private async Task<EventStreamOpening> OpenAsync(
        Func<HttpRequestMessage> open, Func<CancellationToken, Task<bool>> hasEnded, bool first, CancellationToken cancellationToken)
    {
        try
        {
            // Asked before opening: a stream that is opened after the end, and runs to its own end, holds everything.
            bool endIsKnown = !first && await hasEnded(cancellationToken);
            HttpResponseMessage response = await transport.SendAsync(open, readWhole: false, cancellationToken);
            return new(await EventStreamConnection.OpenAsync(response, options.StreamIdleLimit, clock, cancellationToken), endIsKnown, null);
        }
        catch (CodeExecException e) when (!first && e.IsTransient)
        {
            return new(null, EndIsKnown: false, e);
        }
    }

    /// <summary>The first reconnection is at once, the later ones wait longer and longer, up to a bound.</summary>
    private Task BeforeReconnectAsync(int fruitless, CodeExecException? failure, long last, CancellationToken cancellationToken)
    {
        if (fruitless > options.MaxReconnects)
        {
            throw failure ?? new CodeExecException(
                $"The stream broke {fruitless} times in a row without bringing anything new. Try again later; everything up to sequence {last} was received.");
        }
        return fruitless == 1
            ? Task.CompletedTask
            : Task.Delay(failure?.RetryAfter ?? Backoff.After(fruitless - 1), clock, cancellationToken);
    }

    private static bool IsRepeated(SseItem<string> item, ref long last)
    {
        if (!long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return false;
        }
        if (sequence <= last)
        {
            return true;
        }
        last = sequence;
        return false;
    }
}
