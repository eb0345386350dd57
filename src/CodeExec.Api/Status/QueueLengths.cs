using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Queues;

namespace CodeExec.Api.Status;

/// <summary>How many messages wait in the queue of batches, and in its poison queue.</summary>
internal sealed class QueueLengths(IWorkQueue queue)
{
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, long> lengths = new(StringComparer.Ordinal);
        foreach (string name in (string[])[QueuedBatch.Queue, PoisonMessages.Queue])
        {
            lengths[name] = await queue.CountAsync(name, cancellationToken);
        }

        return lengths;
    }
}
