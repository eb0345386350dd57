using System.Buffers;
using System.Text.Json;
using CodeExec.Runner.Cases;
using CodeExec.Runner.Limits;

namespace CodeExec.Runner.Warm;

/// <summary>The one line that tells a waiting interpreter what it is now.</summary>
internal static class WarmMessage
{
    public static ReadOnlySpan<byte> Compose(ProgramSpec program, string workspace, ProgramLimits limits)
    {
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter json = new(line);
        json.WriteStartObject();
        json.WriteStartArray("args"u8);
        foreach (string argument in program.CaseArguments)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteStartObject("env"u8);
        foreach ((string name, string value) in program.Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("cwd"u8, workspace);
        json.WriteNumber("openFiles"u8, limits.OpenFiles);
        json.WriteNumber("cpuSeconds"u8, limits.CpuSeconds);
        json.WriteNumber("fileBytes"u8, limits.FileBytes);
        json.WriteNumber("stackBytes"u8, limits.StackBytes);
        json.WriteNumber("mostStackBytes"u8, limits.MostStackBytes);
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        return line.WrittenSpan;
    }
}
