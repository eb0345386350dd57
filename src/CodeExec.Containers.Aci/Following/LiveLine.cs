using System.Net.WebSockets;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// The way in to a live program: the terminal over which its job was given, for as long as it lasts. What was said over one that broke may
/// have got lost, and nobody can tell: then so is the job.
/// </summary>
internal sealed class LiveLine : IAsyncDisposable
{
    /// <summary>A line that was closed in good order may tell of the program's end before that is heard.</summary>
    private static readonly TimeSpan UntilTheEndIsHeard = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    private readonly WebSocket _socket;
    private readonly SocketLines _terminal;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _watching;

    public LiveLine(WebSocket socket, SocketLines terminal, TimeProvider clock)
    {
        (_socket, _terminal, _clock) = (socket, terminal, clock);
        _watching = WatchAsync();
    }

    /// <summary>Cancelled when it broke while its program still ran.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <inheritdoc cref="IContainer.SendAsync"/>
    public async ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken)
    {
        if (_over.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            await Sockets.SayAsync(_socket, RunnerEvents.LineOf(command), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false; // whether it is lost or over, the events tell
        }
    }

    /// <summary>The program has ended: nobody hears anything any more.</summary>
    public async ValueTask CloseAsync()
    {
        await _over.CancelAsync();
        _socket.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _watching;
        await _terminal.DisposeAsync();
        _over.Dispose();
        _lost.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (await _terminal.ReadAsync(Long, _clock, _over.Token) is not null)
            {
                // A terminal may say anything; the job's own words come another way.
            }

            await Task.Delay(UntilTheEndIsHeard, _clock, _over.Token);
        }
        catch (Exception e) when (e is WebSocketException or InvalidDataException or TimeoutException or OperationCanceledException)
        {
            // It broke, or is over.
        }

        if (!_over.IsCancellationRequested)
        {
            await _lost.CancelAsync();
        }
    }
}
