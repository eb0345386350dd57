using System.Buffers.Text;

namespace CodeExec.Bench.Http;

/// <summary>The body of a streamed answer as it comes: without the head, without the marks between chunks.</summary>
internal sealed class ChunkedText
{
    private readonly List<byte> _raw = [];
    private byte[] _text = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _headIsRead;

    /// <summary>How much of the present chunk has yet to come; negative where a chunk's length is expected.</summary>
    private int _left = -1;

    public bool HasEnded { get; private set; }

    public ReadOnlySpan<byte> Unread => _text.AsSpan(_start, _end - _start);

    public void Skip(int count) => _start += count;

    public void Add(ReadOnlySpan<byte> received)
    {
        while (received.Length > 0 && !HasEnded)
        {
            if (_left > 0)
            {
                int take = Math.Min(_left, received.Length);
                Keep(received[..take]);
                received = received[take..];
                _left -= take;
                _left = _left == 0 ? -1 : _left;
                continue;
            }
            _raw.Add(received[0]);
            received = received[1..];
            ReadMark();
        }
    }

    /// <summary>Between chunks, byte by byte: the head's end, or a line with a length.</summary>
    private void ReadMark()
    {
        Span<byte> raw = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_raw);
        if (!_headIsRead)
        {
            if (raw.EndsWith("\r\n\r\n"u8))
            {
                _headIsRead = true;
                if (!raw.StartsWith("HTTP/1.1 200"u8) || raw.IndexOf("chunked"u8) < 0)
                {
                    throw new BenchFailedException("Not a stream: " + System.Text.Encoding.UTF8.GetString(raw));
                }
                _raw.Clear();
            }
            return;
        }
        if (raw.Length > 2 && raw.EndsWith("\r\n"u8))
        {
            ReadOnlySpan<byte> line = raw.TrimStart("\r\n"u8);
            HasEnded = Utf8Parser.TryParse(line, out _left, out _, 'x') && _left == 0;
            _raw.Clear();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _text.Length)
        {
            ReadOnlySpan<byte> unread = Unread;
            byte[] roomier = unread.Length + bytes.Length > _text.Length ? new byte[(unread.Length + bytes.Length) * 2] : _text;
            unread.CopyTo(roomier);
            (_text, _start, _end) = (roomier, 0, unread.Length);
        }
        bytes.CopyTo(_text.AsSpan(_end));
        _end += bytes.Length;
    }
}
