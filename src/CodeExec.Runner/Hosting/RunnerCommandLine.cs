using System.Text.Json;
using CodeExec.Protocol;
using CodeExec.Runner.Cases;

namespace CodeExec.Runner.Hosting;

/// <summary>Reads a <see cref="RunnerCommand"/>.</summary>
internal static class RunnerCommandLine
{
    /// <summary>Does what the line says to a live program's stdin. True for a stop.</summary>
    /// <exception cref="JobFormatException">The line is no command that this runner knows.</exception>
    public static bool Take(ReadOnlySpan<byte> line, StdinBuffer stdin)
    {
        try
        {
            Utf8JsonReader json = new(line);
            bool known = json.Read() && json.TokenType == JsonTokenType.StartObject
                && json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("kind"u8)
                && json.Read() && json.TokenType == JsonTokenType.String;
            if (known && json.ValueTextEquals(RunnerCommand.Stdin) && ReadData(ref json) is { } data)
            {
                stdin.Add(data);
                return false;
            }

            bool isStop = known && json.ValueTextEquals(RunnerCommand.Stop), isEnd = known && json.ValueTextEquals(RunnerCommand.EndOfStdin);
            if ((isStop || isEnd) && json.Read() && json.TokenType == JsonTokenType.EndObject)
            {
                if (isEnd)
                {
                    stdin.Complete();
                }

                return isStop;
            }

            throw new JobFormatException("A line after the job is not a command that this runner knows.");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new JobFormatException("A line after the job is not JSON.");
        }
    }

    private static byte[]? ReadData(ref Utf8JsonReader json)
        => json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("data"u8)
            && json.Read() && json.GetBytesFromBase64() is { } data
            && json.Read() && json.TokenType == JsonTokenType.EndObject
                ? data
                : null;
}
