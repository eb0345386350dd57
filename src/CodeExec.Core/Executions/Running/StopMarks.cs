using CodeExec.Core.Storage;

namespace CodeExec.Core.Executions.Running;

/// <summary>
/// Says durably that somebody wants the end of an execution: whoever runs it may be another process than the one that handles the stop, now or after a
/// crash. A small blob.
/// </summary>
public sealed class StopMarks(IBlobStore blobs)
{
    public Task SetAsync(ExecutionId id, CancellationToken cancellationToken) => blobs.WriteAsync(KeyOf(id), "stop"u8.ToArray(), cancellationToken);

    public async Task<bool> IsSetAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        await using Stream? mark = await blobs.OpenReadAsync(KeyOf(id), cancellationToken);
        return mark is not null;
    }

    public Task ClearAsync(ExecutionId id, CancellationToken cancellationToken) => blobs.DeleteAsync(KeyOf(id), cancellationToken);

    private static string KeyOf(ExecutionId id) => ExecutionBlobs.Prefix(id) + "stop";
}
