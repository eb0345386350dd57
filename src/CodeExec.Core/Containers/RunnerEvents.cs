using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CodeExec.Protocol;

namespace CodeExec.Core.Containers;

/// <summary>
/// Reads what a runner says. It is checked, for the other end lives beside user code: lines have a longest length, numbers have no gap.
/// </summary>
public sealed class RunnerEvents(PipeReader reader)
{
    private const int LongestLine = 1 << 20;

    private long _sequence;

    /// <summary>The line that gives a runner its job.</summary>
    public static ReadOnlyMemory<byte> LineOf(Job job) => LineOf(job, ProtocolJson.Default.Job);

    /// <summary>A line after that of the job.</summary>
    public static ReadOnlyMemory<byte> LineOf(RunnerCommand command) => LineOf(command, ProtocolJson.Default.RunnerCommand);

    /// <summary>Null at the end.</summary>
    /// <exception cref="InvalidDataException">What came is not what a runner says.</exception>
    public async ValueTask<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (TryTakeLine(read.Buffer, out RunnerEvent? received, out SequencePosition consumed))
            {
                reader.AdvanceTo(consumed);
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

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ReadOnlyMemory<byte> LineOf<T>(T message, JsonTypeInfo<T> type)
    {
        ArrayBufferWriter<byte> line = new(256);
        using (Utf8JsonWriter writer = new(line))
        {
            JsonSerializer.Serialize(writer, message, type);
        }

        line.Write("\n"u8);
        return line.WrittenMemory;
    }

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
