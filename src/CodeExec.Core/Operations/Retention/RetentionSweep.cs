using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Storage;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Operations.Retention;

/// <summary>Removes what has been kept long enough. Cut short, it goes on the next time; nothing is half removed for those who look.</summary>
public sealed class RetentionSweep(IExecutionStore executions, ExecutionRemoval removal, IBlobStore blobs, IEnumerable<IRetained> others, IOptions<RetentionOptions> options, TimeProvider clock)
{
    private readonly RetentionOptions _options = options.Value;

    public async Task<Swept> RunAsync(CancellationToken cancellationToken)
    {
        int ended = 0;
        // One after the other: nobody waits for it, and the disk is wanted by others.
        await foreach (ExecutionId id in executions.ListEndedAsync(clock.GetUtcNow() - _options.Executions, cancellationToken))
        {
            await removal.RemoveAsync(id, cancellationToken);
            ended++;
        }

        int programs = await SweepCompiledAsync(cancellationToken);
        Dictionary<string, int> removed = [];
        foreach (IRetained kind in others)
        {
            if (await kind.SweepAsync(cancellationToken) is > 0 and int count)
            {
                removed.Add(kind.Name, count);
            }
        }

        return new Swept(ended, programs) { Others = removed };
    }

    private async Task<int> SweepCompiledAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow() - _options.Compiled;
        List<BlobInfo> kept = [];
        int removed = 0;
        await foreach (BlobInfo blob in blobs.ListAsync(CompileCache.Prefix, cancellationToken))
        {
            if (blob.WrittenAt >= before)
            {
                kept.Add(blob);
                continue;
            }

            await blobs.DeleteAsync(blob.Key, cancellationToken);
            removed++;
        }

        long bytes = kept.Sum(blob => blob.SizeBytes);
        foreach (BlobInfo blob in kept.OrderBy(blob => blob.WrittenAt).TakeWhile(_ => bytes > (long)_options.CompiledMb << 20))
        {
            await blobs.DeleteAsync(blob.Key, cancellationToken);
            bytes -= blob.SizeBytes;
            removed++;
        }

        return removed;
    }
}

/// <summary>How many were removed.</summary>
public sealed record Swept(int Executions, int CompiledPrograms)
{
    /// <summary>By what people call them; those of which something was removed.</summary>
    public IReadOnlyDictionary<string, int> Others { get; init; } = new Dictionary<string, int>();

    public override string ToString()
        => string.Join(", ", Others.Prepend(new("compiled programs", CompiledPrograms)).Prepend(new("executions", Executions)).Where(kind => kind.Value > 0).Select(kind => $"{kind.Value} {kind.Key}"));
}
