using System.Buffers.Text;
using System.Net.Sockets;

namespace CodeExec.Bench.Http;

/// <summary>
/// One kept-alive HTTP/1.1 connection, as cheap as can be: blocking calls, one buffer, no more parsing than an answer's length needs.
/// The load comes from the same two cores as the server, so every cycle here would be counted against it.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[32 << 10];
    private int _filled;

    public HttpConnection(Uri server)
    {
        Host = server.Authority;
        _socket.Connect(server.Host, server.Port);
    }

    public string Host { get; }

    /// <summary>Sends a request and reads the answer. Its body is valid until the next call.</summary>
    public HttpAnswer Send(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        _filled = 0;
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf(HeadEnd)) < 0)
        {
            Receive();
        }
        head += HeadEnd.Length;
        ReadOnlySpan<byte> headers = _buffer.AsSpan(0, head);
        int status = Utf8Parser.TryParse(headers[9..], out int code, out _) ? code : throw new BenchFailedException("Not an HTTP answer.");
        if (LengthIn(headers) is { } length)
        {
            while (_filled < head + length)
            {
                Receive();
            }
            return new HttpAnswer(status, _buffer.AsMemory(head, length));
        }
        int joined = status == 204 ? 0 : ReadChunks(head); // may put a larger buffer in place
        return new HttpAnswer(status, _buffer.AsMemory(head, joined));
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Joins the chunks of a body in place.</summary>
    /// <returns>The body's length.</returns>
    private int ReadChunks(int start)
    {
        int at = start, joined = start;
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                Receive();
            }
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, lineEnd), out int size, out _, 'x'))
            {
                throw new BenchFailedException("A chunk without a length.");
            }
            at += lineEnd + 2;
            while (_filled < at + size + 2)
            {
                Receive();
            }
            if (size == 0)
            {
                return joined - start;
            }
            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(joined));
            joined += size;
            at += size + 2;
        }
    }

    private static int? LengthIn(ReadOnlySpan<byte> headers)
    {
        ReadOnlySpan<byte> name = "\r\nContent-Length: "u8;
        int at = headers.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + name.Length)..], out int length, out _) ? length : null;
    }

    private void Receive()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int got = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += got > 0 ? got : throw new BenchFailedException("The server closed the connection.");
    }
}
