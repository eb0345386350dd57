using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>What a batch says of itself while a regrade's results count.</summary>
public sealed class PublishedRegradeTests : IDisposable
{
    private static readonly SubmittedSuite Stricter = new() { Tests = [new() { Id = "1", Stdin = new("a"), Expected = new("b"), Points = 2 }] };

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task PublishAsync_ARegrade_ItsSumsAreTheBatchsUntilItIsTakenBack()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider());
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(BatchLife.Python("one"), BatchLife.Python("two"));
        await batches.EndAsync(batch);
        Batch regrade = Assert.IsType<CreateBatchOutcome.Accepted>(
            await batches.Service.RegradeAsync(TenantId.Default, batch.Id, new BatchDraft { Suite = Stricter }, null, default)).Batch.Batch;
        await batches.EndAsync(regrade);

        BatchSummary published = (await batches.Service.PublishAsync(TenantId.Default, batch.Id, regrade.Id, default))!;
        Assert.Equal((regrade.Id, 2, 0m, 4m), Sums(published, Verdict.WrongAnswer));
        Assert.Equal((batch.Id, 2), (published.Batch.Id, published.Tally.Verdicts[Verdict.Accepted]));
        Assert.Equal(Sums(published, Verdict.WrongAnswer), Sums((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items[^1], Verdict.WrongAnswer));

        BatchSummary back = (await batches.Service.PublishAsync(TenantId.Default, batch.Id, null, default))!;
        Assert.Equal((batch.Id, 2, 2m, 2m), Sums(back, Verdict.Accepted));
    }

    private static (BatchId Id, int Count, decimal Score, decimal MaxScore) Sums(BatchSummary summary, Verdict verdict)
        => (summary.Counting.Batch.Id, summary.Counting.Tally.Verdicts[verdict], summary.Counting.Tally.Score, summary.Counting.Tally.MaxScore);
}
