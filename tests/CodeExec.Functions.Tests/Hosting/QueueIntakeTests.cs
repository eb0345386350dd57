using System.Text.Json;
using Azure.Storage.Queues;
using CodeExec.Contracts.Azurite;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Queues;
using CodeExec.Core.Tenants;
using CodeExec.Functions.Intake;
using CodeExec.Functions.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Submissions and batches that come by a queue.</summary>
public sealed class QueueIntakeTests : OnAzurite
{
    [SkippableFact]
    public async Task Intake_SubmissionFromTheQueue_RunsOnceHoweverOftenItComes()
    {
        await RequireCellsAsync();
        BinaryData message = BinaryData.FromString("""{"id":"work-1","tenant":"default","submission":{"language":"python","code":"print(6*7)"}}""");
        IntakeFunctions intake = ActivatorUtilities.CreateInstance<IntakeFunctions>(Host.Services);

        await intake.TakeAsync(message, Host.Client, None);
        await intake.TakeAsync(message, Host.Client, None);

        IReadOnlyList<ExecutionRecord> found = (await Host.Services.GetRequiredService<IExecutionStore>().ListAsync(new() { Tenant = TenantId.Default }, None)).Items;
        ExecutionRecord? ended = await Host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, Assert.Single(found).Id, TimeSpan.FromSeconds(60), None);
        Assert.Equal("42\n", ended!.Run!.Stdout.Text);
    }

    [SkippableTheory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"id":"a","tenant":"../x","submission":{"language":"python","code":"1"}}""")]
    [InlineData("""{"id":"a","tenant":"default","submission":{"language":"cobol","code":"1"}}""")]
    [InlineData("""{"id":"a","tenant":"default","submission":{"language":"python","code":"1"},"more":1}""")]
    public async Task Intake_MessageThatCanNotBeAccepted_IsRefusedAndKeptAtTheEnd(string text)
    {
        IntakeFunctions intake = ActivatorUtilities.CreateInstance<IntakeFunctions>(Host.Services);
        BinaryData message = BinaryData.FromString(text);

        await Assert.ThrowsAsync<SubmissionRefusedException>(() => intake.TakeAsync(message, Host.Client, None));
        await intake.KeepAsync(message, None);

        List<string> kept = [];
        await foreach (Core.Storage.BlobInfo blob in Host.Services.GetRequiredService<Core.Storage.IBlobStore>().ListAsync(PoisonKeeper.PrefixOf(SubmissionIntake.Kind), None))
        {
            kept.Add(blob.Key);
        }
        Assert.Single(kept);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task BatchGrading_MessageFromTheQueue_IsGradedOnceHoweverOftenItComes(int padding)
    {
        await RequireCellsAsync();
        await Host.SendAsync("POST", "/api/problems", new { id = "square", title = "Square", tests = new[] { new { id = "1", stdin = "2", expected = "4" } } }, Key);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "work-1",
            tenant = "default",
            batch = new { problem = new { id = "square" } },
            submissions = new[]
            {
                new { id = "ann", submission = new { language = "python", code = "print(int(input()) ** 2)" + new string(' ', padding) } },
                new { id = "bob", submission = new { language = "python", code = "print(5)" } },
            },
        });
        BinaryData message = await ThroughTheQueueAsync(body);
        BatchIntakeFunctions intake = ActivatorUtilities.CreateInstance<BatchIntakeFunctions>(Host.Services);

        await intake.TakeAsync(message, Host.Client, None);
        await intake.TakeAsync(message, Host.Client, None);
        await Host.IdleAsync();

        (_, JsonElement listed) = await Host.SendAsync("GET", "/api/batches", null, Key);
        JsonElement batch = Assert.Single(listed.GetProperty("items").EnumerateArray());
        Assert.Equal("completed", batch.GetProperty("state").GetString());
        (_, JsonElement results) = await Host.SendAsync("GET", $"/api/batches/{batch.GetProperty("id").GetString()}/results", null, Key);
        Assert.Equal(["accepted", "wrongAnswer"], results.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("verdict").GetString()));
        Assert.Equal(padding > 0, MessageIsAReference(message));
    }

    [SkippableTheory]
    [InlineData("no json")]
    [InlineData("""{"id":"a","tenant":"default","batch":{"problem":{"id":"nowhere"}},"submissions":[{"id":"x","submission":{"language":"python","code":"1"}}]}""")]
    public async Task BatchGrading_MessageThatCanNotBeABatch_IsKeptForAPersonAtOnce(string text)
    {
        BatchIntakeFunctions intake = ActivatorUtilities.CreateInstance<BatchIntakeFunctions>(Host.Services);

        await intake.TakeAsync(BinaryData.FromString(text), Host.Client, None);

        Assert.Equal(1, await Host.Services.GetRequiredService<PoisonMessages>().CountAsync(None));
    }

    /// <summary>As the Functions host gives it on.</summary>
    private async Task<BinaryData> ThroughTheQueueAsync(byte[] body)
    {
        await Host.Services.GetRequiredService<IWorkQueue>().SendAsync(QueuedBatch.Queue, body, TimeSpan.Zero, None);
        QueueClient queue = new((await AzuriteProcess.GetAsync()).ConnectionString, $"{Prefix}-{QueuedBatch.Queue}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return (await queue.ReceiveMessageAsync()).Value.Body;
    }

    private static bool MessageIsAReference(BinaryData message) => message.ToMemory().Length < 200;

    private async Task<int> CountBlobsAsync(string prefix) => await Host.Services.GetRequiredService<Core.Storage.IBlobStore>().ListAsync(prefix, None).CountAsync();
}
