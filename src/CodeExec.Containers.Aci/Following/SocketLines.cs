using System.Net.WebSockets;

namespace CodeExec.Containers.Aci.Following;

/// <summary>The lines that come over a connection, in messages of any size. A read that was given up goes on in the background: cancelling it would end the connection.</summary>
internal sealed class SocketLines(WebSocket socket) : IAsyncDisposable
{
    private const int LongestLine = 1 << 20;

    private readonly CancellationTokenSource _closing = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private Task<ReadOnlyMemory<byte>?>? _reading;

    /// <summary>The next line, without its end; null when the other side has closed.</summary>
    /// <exception cref="TimeoutException">Nothing came; the same line may be asked for again.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">An endless line came.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        _reading ??= ReceiveLineAsync();
        ReadOnlyMemory<byte>? line = await _reading.WaitAsync(patience, clock, cancellationToken);
        _reading = null;
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        socket.Dispose();
        if (_reading is { } reading)
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it ends with the connection; what with, nobody asks any more
        }

        _closing.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>?> ReceiveLineAsync()
    {
        int searched = _start;
        while (true)
        {
            int found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, searched + found - _start);
                _start = searched + found + 1;
                return line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;
            }

            MakeRoom();
            searched = _end;
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(_buffer.AsMemory(_end), _closing.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _end += received.Count;
        }
    }

    private void MakeRoom()
    {
        if (_end - _start > LongestLine)
        {
            throw new InvalidDataException("The runner sent an endless line.");
        }

        if (_start > 0 || _end == _buffer.Length)
        {
            byte[] target = new byte[Math.Max(16 * 1024, 2 * (_end - _start))]; // a new one: the last line that was given out lies in the old one
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            _buffer = target;
            (_start, _end) = (0, _end - _start);
        }
    }
}
