using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// A hole in what was heard, filled from what the runner has sent, event by event, for it may be much. What comes after the hole waits here meanwhile. A read that was given up goes on
/// in the background.
/// </summary>
/// <param name="upTo">The number of the first event after the hole; null where nothing comes after it.</param>
internal sealed class SentGap(SentEvents sent, string group, EventOrder order, long? upTo, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private const int Reads = 5;

    /// <summary>A sender may keep back what it has for two seconds, and is some more on its way.</summary>
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private IAsyncEnumerator<RunnerEvent>? _events;
    private Task<bool>? _moving;

    public Queue<RunnerEvent> Later { get; } = new();

    /// <summary>The next one in the hole; null when the hole is filled, or nothing more is to be had.</summary>
    public async Task<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        _events ??= EventsAsync(_closing.Token).GetAsyncEnumerator(_closing.Token);
        _moving ??= _events.MoveNextAsync().AsTask();
        bool moved = await _moving.WaitAsync(cancellationToken);
        _moving = null;
        return moved ? _events.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_moving is { } moving)
        {
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it would have brought, nobody asks any more
        }

        if (_events is not null)
        {
            await _events.DisposeAsync();
        }

        _closing.Dispose();
    }

    private async IAsyncEnumerable<RunnerEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int read = 1; read == 1 || (read <= Reads && order.Last + 1 < upTo); read++)
        {
            if (read > 1)
            {
                await Task.Delay(BetweenReads, clock, cancellationToken);
            }

            await using IAsyncEnumerator<RunnerEvent> events = sent.ReadAsync(group, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await TryMoveAsync(events) && !(events.Current.Sequence >= upTo))
            {
                if (!order.IsOld(events.Current))
                {
                    yield return events.Current;
                }
            }
        }
    }

    private async Task<bool> TryMoveAsync(IAsyncEnumerator<RunnerEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.NotRead(group, e.Message); // whatever the store has, or somebody has written there: the next read tells, or it is cut
            return false;
        }
    }
}
