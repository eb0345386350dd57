using CodeExec.Core.Executions;
using CodeExec.Core.Storage;

namespace CodeExec.Functions.Activities;

/// <summary>
/// Tells the instance of this app where an execution runs that somebody wants its end: the stop may be handled by any other. A small blob, looked
/// for while the execution runs.
/// </summary>
internal sealed class StopMarks(IBlobStore blobs)
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
