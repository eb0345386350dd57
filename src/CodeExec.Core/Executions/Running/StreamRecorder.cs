using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Progress;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions.Running;

/// <summary>One output stream of one step: masked, kept, and shown line by line.</summary>
internal sealed class StreamRecorder(ExecutionId id, string step, LogSource source, SecretMasker masker, IBlobStore blobs, ILogWriter feed, TimeProvider clock) : IAsyncDisposable
{
    private readonly OutputCapture _capture = new(blobs, ExecutionBlobs.Output(id, step, source == LogSource.Stdout ? "stdout" : "stderr"));
    private readonly LineSplitter _lines = new();

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> shown = masker.Next(bytes);
        Show(shown);
        await _capture.AddAsync(shown, cancellationToken);
    }

    public async Task<CapturedOutput> CompleteAsync(long totalBytes, bool truncated, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> rest = masker.Flush();
        Show(rest);
        if (_lines.Flush() is { } open)
        {
            Append(open);
        }

        await _capture.AddAsync(rest, cancellationToken);
        return await _capture.CompleteAsync(totalBytes, truncated, cancellationToken);
    }

    public ValueTask DisposeAsync() => _capture.DisposeAsync();

    private void Show(ReadOnlyMemory<byte> bytes)
    {
        foreach (OutputLine line in _lines.Next(bytes))
        {
            Append(line);
        }
    }

    private void Append(OutputLine line) => feed.Append(new LogEntry
    {
        Sequence = 0, // given by the feed
        Timestamp = clock.GetUtcNow(),
        Level = source == LogSource.Stderr ? LogLevel.Error : LogLevel.Info,
        Source = source,
        Step = step,
        Message = OutputText.Decode(line.Bytes),
        Partial = line.Partial,
        Bytes = OutputText.IsExact(line.Bytes) ? null : line.Bytes,
    });
}
