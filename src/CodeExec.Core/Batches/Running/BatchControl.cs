using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Running;

/// <summary>Tells those at work on a batch what has become of it, and those who wait for news of it that there is some.</summary>
public sealed class BatchControl(BatchStore batches)
{
    private readonly Signals<BatchId> _news = new();

    public async Task<BatchState> StateAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => (await batches.FindAsync(tenant, id, cancellationToken))?.Value.State ?? BatchState.Cancelled; // deleted

    /// <summary>Is woken by each <see cref="Tell"/> in this process.</summary>
    public SignalWatch<BatchId> Watch(BatchId id) => _news.Watch(id);

    public void Tell(BatchId id) => _news.Notify(id);
}
