using System.Text.Json;
using CodeExec.Protocol;

namespace CodeExec.Runner.Hosting;

/// <summary>Reads a <see cref="RunnerCommand"/>.</summary>
internal static class RunnerCommandLine
{
    /// <exception cref="JobFormatException">The line is no command that this runner knows.</exception>
    public static bool IsStop(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            bool isStop = json.Read() && json.TokenType == JsonTokenType.StartObject
                && json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("kind"u8)
                && json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals(RunnerCommand.Stop)
                && json.Read() && json.TokenType == JsonTokenType.EndObject;
            return isStop ? true : throw new JobFormatException("A line after the job is not a command that this runner knows.");
        }
        catch (JsonException)
        {
            throw new JobFormatException("A line after the job is not JSON.");
        }
    }
}
