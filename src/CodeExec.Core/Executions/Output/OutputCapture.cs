using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions.Output;

/// <summary>Keeps what a step writes on one stream, to the byte: in the record while it is short text, in a blob when it is not.</summary>
internal sealed class OutputCapture(IBlobStore blobs, string key) : IAsyncDisposable
{
    /// <summary>The most that stands in a record.</summary>
    private const int Inline = 16 * 1024;

    /// <summary>The most that is held in memory before a blob is begun.</summary>
    private const int InMemory = 256 * 1024;

    private const int Preview = 4 * 1024;

    private readonly MemoryStream _beginning = new();
    private IBlobWriter? _blob;

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_blob is null && _beginning.Length + bytes.Length <= InMemory)
        {
            _beginning.Write(bytes.Span);
            return;
        }

        if (_blob is null)
        {
            _blob = await blobs.CreateAsync(key, cancellationToken);
            await _blob.WriteAsync(_beginning.GetBuffer().AsMemory(0, (int)_beginning.Length), cancellationToken);
        }

        await _blob.WriteAsync(bytes, cancellationToken);
    }

    public async Task<CapturedOutput> CompleteAsync(long totalBytes, bool truncated, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> beginning = _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);
        if (_blob is not null)
        {
            await _blob.CommitAsync(cancellationToken);
        }
        else if (beginning.Length > Inline || !OutputText.IsExact(beginning.Span)) // a record holds text only
        {
            await blobs.WriteAsync(key, beginning, cancellationToken);
        }
        else
        {
            return new CapturedOutput(OutputText.Decode(beginning.Span), null, totalBytes, truncated);
        }

        return new CapturedOutput(OutputText.Decode(beginning.Span[..Math.Min(Preview, beginning.Length)]), key, totalBytes, truncated);
    }

    public async ValueTask DisposeAsync()
    {
        if (_blob is not null)
        {
            await _blob.DisposeAsync();
        }
    }
}
