using System.Text.Json;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>A line of a container's output. It may be the end of one that was cut, so what is no event is no error.</summary>
internal static class EventLine
{
    public static RunnerEvent? TryRead(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != (byte)'{')
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException) // the latter for an object that does not say which event it is
        {
            return null;
        }
    }
}
