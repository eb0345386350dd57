using System.Collections.Concurrent;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Running;

/// <summary>Tells those at work on a batch what has become of it, and those who wait for news of it that there is some.</summary>
public sealed class BatchControl(BatchStore batches)
{
    private readonly ConcurrentDictionary<BatchId, TaskCompletionSource> _waiting = new();

    public async Task<BatchState> StateAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => (await batches.FindAsync(tenant, id, cancellationToken))?.Value.State ?? BatchState.Cancelled; // deleted

    /// <summary>A task that ends at the next <see cref="Tell"/> in this process. Take it, then read, then await it.</summary>
    public Task Next(BatchId id) => _waiting.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Tell(BatchId id)
    {
        if (_waiting.TryRemove(id, out TaskCompletionSource? waiting))
        {
            waiting.TrySetResult();
        }
    }
}
