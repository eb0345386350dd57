using System.Net.WebSockets;
using System.Text;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// What a group's runner says, whole and in order: from an attached connection as it comes, from the logs what that one missed, and from where it was sent what they no longer have.
/// A connection begins at no particular place, may break at any time, and does not tell why.
/// </summary>
/// <param name="known">What was followed already; this adds to it.</param>
internal sealed class RunnerFeed(Group group, KnownEvents known, ArmGroups arm, TimeSpan lookEvery, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    /// <summary>Logs lag behind connections: so often are they read before what is missing counts as gone.</summary>
    private const int ReadsOfLogs = 5;

    /// <summary>A silent group is looked at so much more rarely than one that is awaited.</summary>
    private const int WhenQuiet = 10;

    private readonly EventOrder _order = new(known);
    private readonly Queue<RunnerEvent> _arrived = new();
    private SentEvents? _sent;
    private SentGap? _gap;
    private SocketLines? _lines;
    private bool _ended;
    private int? _restarts;

    /// <summary>Whether something has come already that nobody has read.</summary>
    public bool HasMore => _arrived.Count > 0;

    /// <summary>From now on, what is missing may be found there.</summary>
    /// <param name="sent">Null: it may not.</param>
    public void FillFrom(SentEvents? sent) => _sent = sent;

    /// <summary>The next event; null when the container has ended and all was read.</summary>
    /// <exception cref="ContainerLostException">The group or what its runner said is gone.</exception>
    public async ValueTask<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_arrived.TryDequeue(out RunnerEvent? next))
            {
                return next;
            }

            if (_gap is null && _ended)
            {
                return null;
            }

            try
            {
                await (_gap is null ? AdvanceAsync(cancellationToken) : FillAsync(_gap, cancellationToken));
            }
            catch (AciUnavailableException e)
            {
                logger.ConnectionBroke(group.Name, e.Message);
                await Task.Delay(lookEvery, clock, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_gap is not null)
        {
            await _gap.DisposeAsync();
        }

        if (_lines is not null)
        {
            await _lines.DisposeAsync();
        }
    }

    private async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        if (_lines is null && !await TryConnectAsync(cancellationToken))
        {
            return;
        }

        try
        {
            ReadOnlyMemory<byte>? line = await _lines!.ReadAsync(lookEvery * WhenQuiet, clock, cancellationToken);
            if (line is { } text)
            {
                await TakeAsync(EventLine.TryRead(text.Span), cancellationToken);
                return;
            }

            await DisconnectAsync("it was closed", cancellationToken);
        }
        catch (TimeoutException)
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or InvalidDataException)
        {
            await DisconnectAsync(e.Message, cancellationToken);
        }
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        if (!await LookAsync(cancellationToken))
        {
            return false;
        }

        try
        {
            _lines = new SocketLines(await Sockets.AttachAsync(await arm.AttachAsync(group.Name, cancellationToken), cancellationToken));
        }
        catch (Exception e) when (e is WebSocketException or AciRefusedException or AciNotFoundException)
        {
            logger.ConnectionBroke(group.Name, e.Message); // perhaps it ends just now: the next look tells
            await Task.Delay(lookEvery, clock, cancellationToken);
            return false;
        }

        await RefillAsync(upTo: null, cancellationToken);
        return true;
    }

    private async Task DisconnectAsync(string reason, CancellationToken cancellationToken)
    {
        logger.ConnectionBroke(group.Name, reason);
        await _lines!.DisposeAsync();
        _lines = null;
        if (await LookAsync(cancellationToken))
        {
            await Task.Delay(lookEvery, clock, cancellationToken);
        }
    }

    /// <summary>Whether it still runs. If it has ended, what its logs have is all that will ever come.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        GroupState state = await arm.FindAsync(group.Name, cancellationToken)
            ?? throw new ContainerLostException($"Container group {group.Name} has vanished.", outOfMemory: false);
        if (state.Restarts > (_restarts ??= state.Restarts) || group.HasBegunAgain(state))
        {
            throw new ContainerLostException($"Azure has started the container of {group.Name} again in the middle of its job.", outOfMemory: false);
        }

        if (!state.HasEnded)
        {
            return true;
        }

        await RefillAsync(upTo: null, cancellationToken);
        if (_gap is null && _sent is not null && !_order.IsOver)
        {
            _gap = new SentGap(_sent, group.Name, _order, upTo: null, clock, logger);
        }

        _ended = true;
        return false;
    }

    private async Task TakeAsync(RunnerEvent? received, CancellationToken cancellationToken)
    {
        if (received is null || _order.IsOld(received))
        {
            return;
        }

        if (!_order.IsNext(received))
        {
            await RefillAsync(received.Sequence, cancellationToken);
        }

        ArriveOrWait(received);
    }

    // Takes from the logs what has not come yet.
    private async Task RefillAsync(long? upTo, CancellationToken cancellationToken)
    {
        for (int read = 1; ; read++)
        {
            List<RunnerEvent> missing = [.. EventsIn(await LogsAsync(cancellationToken)).Where(said => !_order.IsOld(said) && (upTo is null || said.Sequence < upTo))];
            bool isWhole = missing.Count == 0 ? upTo is null || upTo == _order.Last + 1 : _order.IsNext(missing[0]) && (upTo is null || missing[^1].Sequence == upTo - 1);
            bool hasForgotten = missing.Count > 0 && !_order.IsNext(missing[0]);
            if (isWhole || read == ReadsOfLogs || (hasForgotten && _sent is not null))
            {
                missing.ForEach(ArriveOrWait);
                return;
            }

            await Task.Delay(lookEvery, clock, cancellationToken);
        }
    }

    private async Task FillAsync(SentGap gap, CancellationToken cancellationToken)
    {
        if (await gap.ReadAsync(cancellationToken) is { } found)
        {
            Arrive(found);
            return;
        }

        _gap = null;
        await gap.DisposeAsync();
        if (gap.Later.TryDequeue(out RunnerEvent? first))
        {
            Arrive(first); // whatever is still missing before it
        }

        foreach (RunnerEvent waited in gap.Later)
        {
            ArriveOrWait(waited);
        }
    }

    private void ArriveOrWait(RunnerEvent received)
    {
        if (_gap is null && _sent is not null && received.Sequence > _order.Last + 1)
        {
            logger.ReadsWhatWasSent(group.Name, _order.Last);
            _gap = new SentGap(_sent, group.Name, _order, received.Sequence, clock, logger);
        }

        if (_gap is null)
        {
            Arrive(received);
        }
        else
        {
            _gap.Later.Enqueue(received);
        }
    }

    private void Arrive(RunnerEvent received)
    {
        if (_order.IsOld(received))
        {
            return;
        }

        if (!_order.IsNext(received))
        {
            logger.EventsLost(group.Name, _order.Last + 1, received.Sequence - 1);
        }

        _arrived.Enqueue(_order.Take(received));
    }

    private async Task<string> LogsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await arm.LogsAsync(group.Name, cancellationToken);
        }
        catch (Exception e) when (e is AciNotFoundException or AciRefusedException)
        {
            return ""; // it has none yet, or is about to go: that is seen by looking at the group itself
        }
    }

    private static IEnumerable<RunnerEvent> EventsIn(string logs)
    {
        foreach (string line in logs.Split('\n'))
        {
            if (EventLine.TryRead(Encoding.UTF8.GetBytes(line)) is { } read)
            {
                yield return read;
            }
        }
    }
}
