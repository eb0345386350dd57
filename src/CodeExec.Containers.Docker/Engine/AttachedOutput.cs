using System.Buffers.Binary;
using System.Text;

namespace CodeExec.Containers.Docker.Engine;

/// <summary>
/// What a container without a terminal prints, as the engine sends it: frames of an 8-byte header (1 for stdout or 2 for stderr, three
/// zeros, the length) and their content. To be read is stdout; the beginning of stderr is kept aside.
/// </summary>
internal sealed class AttachedOutput(Stream frames) : Stream
{
    private const int HeaderBytes = 8;
    private const byte Stderr = 2;
    private const int LongestComplaint = 4096;

    private readonly BufferedStream _frames = new(frames, 16 * 1024); // header and content in one go
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly MemoryStream _complaints = new();
    private int _left;

    /// <summary>What came on stderr so far.</summary>
    public string Complaints => Encoding.UTF8.GetString(_complaints.GetBuffer(), 0, (int)_complaints.Length).Trim();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left == 0)
        {
            if (await _frames.ReadAtLeastAsync(_header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
            {
                return 0;
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
            if (_header[0] > Stderr || length > int.MaxValue)
            {
                throw new InvalidDataException("What comes over the attached connection are no frames of Docker's.");
            }

            _left = (int)length;
            if (_header[0] == Stderr)
            {
                await KeepComplaintAsync(cancellationToken);
            }
        }

        int count = await _frames.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async Task KeepComplaintAsync(CancellationToken cancellationToken)
    {
        byte[] part = new byte[1024];
        while (_left > 0)
        {
            int count = await _frames.ReadAsync(part.AsMemory(0, Math.Min(part.Length, _left)), cancellationToken);
            if (count == 0)
            {
                _left = 0;
                return;
            }

            _left -= count;
            _complaints.Write(part, 0, (int)Math.Min(count, LongestComplaint - _complaints.Length));
        }
    }
}
