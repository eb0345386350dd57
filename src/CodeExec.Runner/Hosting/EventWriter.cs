using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CodeExec.Protocol;

namespace CodeExec.Runner.Hosting;

/// <summary>
/// Numbers events and writes them as JSON lines, by hand: the serializer's start-up would be a good part of a hello-world's time. The tests
/// read what this writes with <see cref="ProtocolJson"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposing the JSON writer would only flush it, which End does.")]
internal sealed class EventWriter
{
    private readonly HostOutput _output;
    private readonly Utf8JsonWriter _json;
    private long _sequence;

    public EventWriter(HostOutput output, long said = 0)
    {
        _sequence = said;
        _output = output;
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
    }

    public void Ready(bool warm)
    {
        Begin("ready");
        _json.WriteNumber("protocol"u8, ProtocolVersion.Current);
        _json.WriteString("runnerVersion"u8, RunnerVersion.Text);
        _json.WriteBoolean("warm"u8, warm);
        End();
    }

    public void StepStarted(string step)
    {
        Begin("stepStarted");
        _json.WriteString("step"u8, step);
        End();
    }

    public void CaseStarted(string step, string id)
    {
        Begin("caseStarted");
        _json.WriteString("step"u8, step);
        _json.WriteString("case"u8, id);
        End();
    }

    public void Output(string step, string id, OutputStream stream, ReadOnlySpan<byte> data)
    {
        Begin("output");
        _json.WriteString("step"u8, step);
        _json.WriteString("case"u8, id);
        _json.WriteString("stream"u8, stream == OutputStream.Stdout ? "Stdout"u8 : "Stderr"u8);
        _json.WriteBase64String("data"u8, data);
        End();
    }

    public void CaseEnded(CaseEndedEvent ended)
    {
        Begin("caseEnded");
        _json.WriteString("step"u8, ended.Step);
        _json.WriteString("case"u8, ended.Case);
        WriteNumber("exitCode"u8, ended.ExitCode);
        WriteNumber("signal"u8, ended.Signal);
        if (ended.Limit is { } limit)
        {
            _json.WriteString("limit"u8, LimitNames.Of(limit));
        }

        _json.WriteNumber("wallMs"u8, ended.WallMs);
        _json.WriteNumber("cpuMs"u8, ended.CpuMs);
        _json.WriteNumber("memoryBytes"u8, ended.MemoryBytes);
        _json.WriteBoolean("memoryIsOfTree"u8, ended.MemoryIsOfTree);
        _json.WriteNumber("stdoutBytes"u8, ended.StdoutBytes);
        _json.WriteNumber("stderrBytes"u8, ended.StderrBytes);
        _json.WriteBoolean("stdoutTruncated"u8, ended.StdoutTruncated);
        _json.WriteBoolean("stderrTruncated"u8, ended.StderrTruncated);
        if (ended.StartError is { } reason)
        {
            _json.WriteString("startError"u8, reason);
        }

        End();
    }

    public void StepEnded(string step, bool succeeded)
    {
        Begin("stepEnded");
        _json.WriteString("step"u8, step);
        _json.WriteBoolean("succeeded"u8, succeeded);
        End();
    }

    public void File(string path, FilePurpose purpose, ReadOnlySpan<byte> data, bool executable, bool last)
    {
        Begin("file");
        _json.WriteString("path"u8, path);
        _json.WriteString("purpose"u8, NameOf(purpose));
        _json.WriteBase64String("data"u8, data);
        _json.WriteBoolean("executable"u8, executable);
        _json.WriteBoolean("last"u8, last);
        End();
    }

    public void FileRefused(string path, FilePurpose purpose, string reason)
    {
        Begin("fileRefused");
        _json.WriteString("path"u8, path);
        _json.WriteString("purpose"u8, NameOf(purpose));
        _json.WriteString("reason"u8, reason);
        End();
    }

    public void JobEnded(bool stopped)
    {
        Begin("jobEnded");
        _json.WriteBoolean("stopped"u8, stopped);
        End();
    }

    public void Fault(string message)
    {
        Begin("fault");
        _json.WriteString("message"u8, message);
        End();
    }

    private static ReadOnlySpan<byte> NameOf(FilePurpose purpose) => purpose switch
    {
        FilePurpose.Artifact => "Artifact"u8,
        FilePurpose.Display => "Display"u8,
        _ => "Kept"u8,
    };

    private void WriteNumber(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void Begin(string type)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WriteNumber("seq"u8, ++_sequence);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.GetSpan(1)[0] = (byte)'\n';
        _output.Advance(1);
    }
}
