using System.Text.Json;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Queues;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Batches that come from the queue.</summary>
public sealed class BatchQueueTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task TakeAsync_SameMessageTwiceAndOneThatIsNone_MakesOneBatchAndOnePoison()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider());
        await life.Services.GetRequiredService<ProblemCatalog>().SaveAsync(TenantId.Default, new ProblemDraft { Id = "p", Title = "P", Suite = new() { Tests = [new() { Stdin = new("a"), Expected = new("a") }] } }, true, CancellationToken.None);
        IWorkQueue queue = life.Services.GetRequiredService<IWorkQueue>();
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "homework-1",
            tenant = "default",
            batch = new { problem = new { id = "p" } },
            submissions = new[] { new { id = "ann", submission = new { language = "python", code = "print(input())" } } },
        });
        foreach (byte[] body in new[] { message, message, "{}"u8.ToArray() })
        {
            await queue.SendAsync(QueuedBatch.Queue, body, TimeSpan.Zero, CancellationToken.None);
        }

        BatchQueueIntake intake = life.Services.GetRequiredService<BatchQueueIntake>();
        while (await intake.TakeAsync(CancellationToken.None))
        {
            // until the queue is empty
        }

        BatchSummary batch = Assert.Single((await life.Services.GetRequiredService<BatchService>().ListAsync(new BatchQuery { Tenant = TenantId.Default }, CancellationToken.None)).Items);
        await life.Engine.WaitForEndAsync($"batch-{batch.Batch.Id}-1", CancellationToken.None);
        BatchSummary ended = (await life.Services.GetRequiredService<BatchService>().FindAsync(TenantId.Default, batch.Batch.Id, CancellationToken.None))!;
        Assert.Equal((BatchState.Completed, 1), (ended.Batch.State, ended.Tally.Verdicts[Core.Grading.Verdict.Accepted]));
        Assert.Equal(0, await queue.CountAsync(QueuedBatch.Queue, CancellationToken.None));
        Assert.Equal(1, await queue.CountAsync(QueueNames.PoisonOf(QueuedBatch.Queue), CancellationToken.None));
    }
}
