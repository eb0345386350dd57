using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live;

/// <summary>A batch of two that nobody works on: the test does.</summary>
internal static class BatchScript
{
    public static async Task<Batch> BeginAsync(ApiHost host)
    {
        Batch batch = new()
        {
            Id = BatchId.New(TimeProvider.System),
            Tenant = TenantId.Default,
            Problem = new ProblemVersion("p", 1),
            State = BatchState.Running,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Total = 2,
            ShardSize = 50,
            Concurrency = 1,
        };
        await host.Services.GetRequiredService<BatchStore>().CreateAsync(batch, default);
        return batch;
    }

    public static async Task SettleAsync(ApiHost host, Batch batch)
    {
        BatchStore store = host.Services.GetRequiredService<BatchStore>();
        await store.WriteShardAsync(batch.Id, 0, [], new ShardTally { Done = batch.Total }, default);
        await store.ChangeAsync(batch.Tenant, batch.Id, one => one with { State = BatchState.Completed, EndedAt = one.CreatedAt }, default);
        host.Services.GetRequiredService<BatchControl>().Tell(batch.Id);
    }
}
