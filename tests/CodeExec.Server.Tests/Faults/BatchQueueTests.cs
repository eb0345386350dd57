using System.Text;
using System.Text.Json;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
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

    [Fact]
    public async Task Poison_MendedAndPutBack_IsGraded()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider());
        await SendAsync(life, """{"id":"1","tests":[{"stdin":"a","expected":"a"}],"submission":[]}""");
        PoisonMessages poison = life.Get<PoisonMessages>();
        PoisonMessage refused = Assert.Single(await poison.ListAsync(10, default));
        Assert.Contains("submission: There is no such member", refused.Reason, StringComparison.Ordinal);

        Assert.True(await poison.RequeueAsync(refused.Id, """{"id":"1","tests":[{"stdin":"a","expected":"a"}],"submissions":[{"language":"python","code":"x"}]}"""u8.ToArray(), default));
        await SendAsync(life);

        BatchLife batches = new(life);
        BatchSummary made = Assert.Single((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items);
        Assert.Equal(1, (await batches.EndAsync(made.Batch)).Tally.Done);
        Assert.Equal(0, await poison.CountAsync(default));
    }

    [Fact]
    public async Task TakeAsync_BlobOfLinesOrZip_IsTakenInAndTheBlobGoes()
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider());
        IBlobStore blobs = life.Get<IBlobStore>();
        string tests = """{"batch":{"name":"lines","tests":[{"stdin":"a","expected":"a"}]}}""";
        await blobs.WriteAsync("intake/hw/1.ndjson", Encoding.UTF8.GetBytes($$"""{{tests}}{{'\n'}}{"id":"ann","language":"python","code":"x"}{{'\n'}}{"id":"bob","language":"python","code":"y"}"""), default);
        await blobs.WriteAsync("intake/hw.bin", ZipOf.Files(("batch.json", """{"tests":[{"stdin":"a","expected":"a"}],"name":"zip"}"""), ("all/ann.py", "x"), ("all/bob/main.py", "y"), ("all/cat.txt", "?")), default);
        await SendAsync(life, """{"id":"1","blob":"hw/1.ndjson","labels":{"a":"b"}}""", """{"id":"2","tenant":"default","blob":"hw.bin","format":"zip"}""", """{"id":"1","blob":"hw/1.ndjson","labels":{"a":"b"}}""");

        BatchLife batches = new(life);
        BatchSummary[] made = [.. (await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items.Reverse()];
        Assert.Equal(["lines", "zip"], made.Select(batch => batch.Batch.Name));
        Assert.Equal("b", made[0].Batch.Labels["a"]);
        Assert.Equal((2, 0), Counts(await batches.EndAsync(made[0].Batch)));
        Assert.Equal((2, 1), Counts(await batches.EndAsync(made[1].Batch)));
        Assert.Equal(["ann", "bob", "cat"], (await batches.ItemsAsync(made[1].Batch)).Select(item => item.Key));
        Assert.Empty(await blobs.ListAsync("intake/", default).ToListAsync());
        Assert.Empty(await PoisonAsync(life));

        static (int Done, int Dead) Counts(BatchSummary batch) => (batch.Tally.Done, batch.Tally.Dead);
    }

    [Theory]
    [InlineData("garbage", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"id":"1"}""", "submissions: Send submissions, or name the blob")]
    [InlineData("""{"id":"1","submissions":[],"hello":1}""", "hello: There is no such member")]
    [InlineData("""{"id":"1","tenant":"/","submissions":[{"language":"python","code":"x"}],"tests":[{}]}""", "a tenant's name has")]
    [InlineData("""{"id":"1","problem":{"id":"none"},"submissions":[{"language":"python","code":"x"}]}""", "problem: There is no problem 'none'")]
    [InlineData("""{"id":"1","tests":[{}],"submissions":[]}""", "at least one submission")]
    [InlineData("""{"id":"1","blob":"../x"}""", "blob: Must be a name")]
    [InlineData("""{"id":"1","blob":"gone.zip"}""", "There is no blob 'gone.zip'")]
    [InlineData("""{"id":"1","blob":"no.zip"}""", "no zip that can be read")]
    [InlineData("""{"id":"1","blob":"no.ndjson"}""", "Line 2 is not JSON")]
    [InlineData("""{"id":"1","blob":"no.json"}""", "not JSON")]
    public async Task TakeAsync_MessageThatIsNoBatch_GoesToThePoisonQueueWithTheReason(string message, string reason)
    {
        await using Life life = await Life.StartAsync(_data.FullName, new GradingProvider());
        foreach (string ending in (string[])["zip", "ndjson", "json"])
        {
            await life.Get<IBlobStore>().WriteAsync($"intake/no.{ending}", Encoding.UTF8.GetBytes("{\"batch\":{\"tests\":[{}]}}\n}"), default);
        }

        await SendAsync(life, message);

        JsonElement poison = Assert.Single(await PoisonAsync(life));
        Assert.Contains(reason, poison.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(message, poison.Text("message"));
        Assert.Equal(0, await life.Get<IWorkQueue>().CountAsync(QueuedBatch.Queue, default));
        Assert.Empty((await life.Get<BatchService>().ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items);
        Assert.Equal(3, await life.Get<IBlobStore>().ListAsync("intake/", default).CountAsync()); // for whoever looks into it
    }

    private static async Task SendAsync(Life life, params string[] messages)
    {
        foreach (string message in messages)
        {
            await life.Get<IWorkQueue>().SendAsync(QueuedBatch.Queue, Encoding.UTF8.GetBytes(message), TimeSpan.Zero, default);
        }

        while (await life.Get<BatchQueueIntake>().TakeAsync(default))
        {
            // until the queue is empty
        }
    }

    private static async Task<JsonElement[]> PoisonAsync(Life life)
        => [.. (await life.Get<IWorkQueue>().ReceiveAsync(QueueNames.PoisonOf(QueuedBatch.Queue), 10, TimeSpan.FromMinutes(1), default)).Select(message => JsonSerializer.Deserialize<JsonElement>(message.Body.Span))];
}
