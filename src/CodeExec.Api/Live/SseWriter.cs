using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeExec.Api.Live;

/// <summary>Server-sent events into a pipe. Nothing leaves before <see cref="FlushAsync"/>.</summary>
internal sealed class SseWriter(PipeWriter pipe) : IDisposable
{
    private Utf8JsonWriter? _json;

    public bool HasUnsent => pipe.UnflushedBytes > 0;

    public long UnsentBytes => pipe.UnflushedBytes;

    /// <param name="data">Written as JSON, in which no line can end, so that one "data:" line holds it.</param>
    public void Write<T>(long id, string name, T data, JsonTypeInfo<T> type)
    {
        WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {name}\ndata: "));
        if (_json is null)
        {
            _json = new(pipe, new() { Encoder = type.Options.Encoder, SkipValidation = true });
        }
        else
        {
            _json.Reset(pipe);
        }

        JsonSerializer.Serialize(_json, data, type);
        _json.Flush();
        WriteText("\n\n");
    }

    public void Dispose() => _json?.Dispose();

    public void Comment(string text) => WriteText($": {text}\n\n");

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => pipe.FlushAsync(cancellationToken);

    private void WriteText(string text) => pipe.Write(Encoding.UTF8.GetBytes(text));
}
