using System.Runtime.CompilerServices;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Live;

/// <summary>How far a batch is, whenever that has changed, and last what it came to. Submissions that end within a moment are told of together.</summary>
internal sealed class BatchNews(BatchService batches, BatchControl control, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250), Quiet = TimeSpan.FromSeconds(15);

    /// <returns>Null now and then, when nothing has happened for a while. It ends when the batch has, or was deleted.</returns>
    public async IAsyncEnumerable<BatchEvent?> FollowAsync(TenantId tenant, BatchId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BatchProgressEvent? told = null;
        using SignalWatch<BatchId> watch = control.Watch(id);
        while (true)
        {
            Task news = watch.Next();
            if (await batches.FindAsync(tenant, id, cancellationToken) is not { } now)
            {
                yield break; // deleted
            }

            BatchProgressEvent progress = BatchProgressEvent.Of(now, clock.GetUtcNow());
            bool changed = told is null || progress.Sequence != told.Sequence || progress.State != told.State;
            told = changed ? progress : told;
            yield return changed ? progress : null;
            if (now.Batch.IsOver)
            {
                yield return BatchResultEvent.Of(now, clock.GetUtcNow());
                yield break;
            }

            await Task.Delay(Pace, clock, cancellationToken);
            await WaitAsync(news, cancellationToken);
        }
    }

    private async Task WaitAsync(Task news, CancellationToken cancellationToken)
    {
        try
        {
            await news.WaitAsync(Quiet, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to look at what another process may have done.
        }
    }
}
