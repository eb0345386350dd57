using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Running;

/// <summary>Tells those at work on a batch what has become of it, and those who wait for news of it that there is some.</summary>
public sealed class BatchControl(BatchStore batches, TimeProvider clock)
{
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(5);

    private readonly Signals<BatchId> _news = new();

    public async Task<BatchState> StateAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => (await LookAsync(tenant, id, cancellationToken)).State;

    /// <summary>As <see cref="StateAsync"/>, with how often something was put back to work.</summary>
    public async Task<(BatchState State, int Requeued)> LookAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => (await batches.FindAsync(tenant, id, cancellationToken))?.Value is { } batch ? (batch.State, batch.Requeued) : (BatchState.Cancelled, 0); // deleted

    /// <summary>
    /// As <see cref="StateAsync"/>, but a pause is waited out for a moment: who hands out the work is told of it too, and must not ask again and
    /// again until it has heard.
    /// </summary>
    public async Task<BatchState> StateAfterPauseAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        using SignalWatch<BatchId> watch = Watch(id);
        DateTimeOffset until = clock.GetUtcNow() + PauseLimit;
        while (true)
        {
            Task news = watch.Next();
            BatchState state = await StateAsync(tenant, id, cancellationToken);
            TimeSpan left = until - clock.GetUtcNow();
            if (state != BatchState.Paused || left <= TimeSpan.Zero)
            {
                return state;
            }

            try
            {
                await news.WaitAsync(left, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                // One last look.
            }
        }
    }

    /// <summary>Is woken by each <see cref="Tell"/> in this process.</summary>
    public SignalWatch<BatchId> Watch(BatchId id) => _news.Watch(id);

    public void Tell(BatchId id) => _news.Notify(id);
}
