using System.Collections.Concurrent;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>A batch that begins uses all its places, and no more.</summary>
public sealed class BatchPlacesTests
{
    [Theory]
    [InlineData(1, 3, new[] { 3 })]
    [InlineData(1, 1, new[] { 1 })]
    [InlineData(2, 3, new[] { 1, 2 })]
    [InlineData(5, 3, new[] { 1, 2 })]
    [InlineData(5, 1, new[] { 1 })]
    [InlineData(9, 64, new[] { 16, 16, 16, 16 })]
    public async Task Batch_OfSoManyShards_GivesItsPlacesToTheFirst(int shards, int places, int[] given)
    {
        Places batch = new(shards, places);
        await batch.InitializeAsync();
        try
        {
            Assert.Equal(given, await batch.GivenAtFirstAsync(given.Length));
        }
        finally
        {
            await batch.DisposeAsync();
        }
    }

    private sealed class Places(int shards, int places) : HistoryComparison<BatchOrchestration, BatchStart, bool>(
        BatchActivities.Orchestration, new BatchStart(TenantId.Default, new BatchId(new Guid("0190f1d2-0000-7000-8000-000000000001")), [.. Enumerable.Range(0, shards)], places))
    {
        /// <param name="wave">How many shards are out before the first is back.</param>
        public async Task<IEnumerable<int>> GivenAtFirstAsync(int wave)
        {
            ConcurrentQueue<ShardWork> given = new();
            TaskCompletionSource allOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await CompareAsync(
                new OrchestrationRegistry()
                    .Activity(BatchActivities.RunShard, async (_, work, _) =>
                    {
                        given.Enqueue(work);
                        if (given.Count >= wave)
                        {
                            allOut.TrySetResult();
                        }

                        await allOut.Task;
                        return true;
                    })
                    .Activity(BatchActivities.Settle, (_, _, _) => Task.FromResult<IReadOnlyList<int>>([])),
                true,
                null);
            return given.Take(wave).OrderBy(work => work.Shard).Select(work => work.Concurrency);
        }
    }
}
