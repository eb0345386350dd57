using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.Json;
using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells;

/// <summary>
/// The line to the runner in a cell: jobs out, events in. What comes in is checked, for the other end lives beside user code:
/// lines have a longest length, numbers have no gap.
/// </summary>
internal sealed class RunnerChannel : IDisposable
{
    private const int LongestLine = 1 << 20;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private long _sequence;

    public RunnerChannel(FileDescriptor socket)
    {
        _socket = new Socket(new SafeSocketHandle(socket.Detach(), ownsHandle: true));
        _stream = new NetworkStream(_socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
    }

    /// <summary>While a cell waits its runner says nothing more: anything to read is its end.</summary>
    public bool IsQuiet => !_socket.Poll(0, SelectMode.SelectRead);

    public async Task SendAsync(Job job, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> line = new(4096);
        using (Utf8JsonWriter writer = new(line))
        {
            JsonSerializer.Serialize(writer, job, ProtocolJson.Default.Job);
        }

        line.Write("\n"u8);
        await _stream.WriteAsync(line.WrittenMemory, cancellationToken);
    }

    /// <summary>Null at the end.</summary>
    /// <exception cref="InvalidDataException">What came is not what a runner says.</exception>
    public async ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(cancellationToken);
            if (TryTakeLine(read.Buffer, out RunnerEvent? received, out SequencePosition consumed))
            {
                _reader.AdvanceTo(consumed);
                return received;
            }

            if (read.Buffer.Length > LongestLine)
            {
                throw new InvalidDataException("The runner sent an endless line.");
            }

            if (read.IsCompleted)
            {
                return null;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool TryTakeLine(ReadOnlySequence<byte> buffer, out RunnerEvent? received, out SequencePosition consumed)
    {
        received = null;
        consumed = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            return false;
        }

        Utf8JsonReader json = new(buffer.Slice(0, end));
        try
        {
            received = JsonSerializer.Deserialize(ref json, ProtocolJson.Default.RunnerEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException) // the latter for an object that does not say which event it is
        {
            throw new InvalidDataException("The runner sent a line that is not an event.", e);
        }

        if (received is null || received.Sequence != ++_sequence)
        {
            throw new InvalidDataException($"The runner's events have a gap before number {received?.Sequence}.");
        }

        consumed = buffer.GetPosition(1, end);
        return true;
    }
}
