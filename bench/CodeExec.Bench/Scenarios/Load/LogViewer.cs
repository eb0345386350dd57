using System.Buffers.Text;
using System.Net.Sockets;
using CodeExec.Bench.Http;

namespace CodeExec.Bench.Scenarios.Load;

/// <summary>A viewer of one execution's log: counts lines, sees that no sequence is missing, and notes when they came.</summary>
internal sealed class LogViewer(Uri server, string executionId, string? key, TimeProvider clock) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ChunkedText _text = new();
    private long _lastSequence;

    public int Lines { get; private set; }

    /// <summary>On the clock's own scale.</summary>
    public long FirstLine { get; private set; }

    public long LastLine { get; private set; }

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        byte[] request = new Requests(server.Authority, key).Get($"/api/executions/{executionId}/logs/stream?source=stdout");
        await _socket.SendAsync(request, cancellationToken);
        byte[] buffer = new byte[32 << 10];
        while (!_text.HasEnded)
        {
            int got = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (got == 0)
            {
                throw new BenchFailedException("A stream broke.");
            }
            _text.Add(buffer.AsSpan(0, got));
            Count();
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Count()
    {
        int lineEnd;
        while ((lineEnd = _text.Unread.IndexOf((byte)'\n')) >= 0)
        {
            ReadOnlySpan<byte> line = _text.Unread[..lineEnd];
            if (line.StartsWith("id:"u8))
            {
                See(line[3..].Trim((byte)' '));
            }
            _text.Skip(lineEnd + 1);
        }
    }

    private void See(ReadOnlySpan<byte> id)
    {
        bool isNumber = Utf8Parser.TryParse(id, out long sequence, out _);
        if (!isNumber || (_lastSequence > 0 && sequence != _lastSequence + 1))
        {
            throw new BenchFailedException($"A viewer was sent sequence {sequence} after {_lastSequence}.");
        }
        _lastSequence = sequence;
        LastLine = clock.GetTimestamp();
        FirstLine = FirstLine == 0 ? LastLine : FirstLine;
        Lines++;
    }
}
