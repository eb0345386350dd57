using CodeExec.Core.Batches.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Activities;

/// <summary>Works on a shard for a slice of its time. What is left is handed out again: each submission that is settled is written down, and one under way is found by its key.</summary>
internal sealed class SlicedShard(IActivity<ShardWork, bool> shard, IOptions<FunctionsHostOptions> options, TimeProvider clock) : IActivity<ShardWork, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ShardWork input, CancellationToken cancellationToken)
    {
        using CancellationTokenSource slice = new(options.Value.Slice, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, cancellationToken);
        try
        {
            return await shard.RunAsync(context, input, either.Token);
        }
        catch (OperationCanceledException) when (slice.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
