using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CodeExec.Contracts.Azurite;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using CodeExec.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>What the timer clears away and begins again.</summary>
public sealed class SweepTests : OnAzurite
{
    [SkippableFact]
    public async Task Sweep_EndedLongAgo_NothingOfItIsLeftInTheAccount()
    {
        ExecutionRecord record = Contracts.Executions.ExecutionSamples.Queued();
        IExecutionStore executions = Host.Services.GetRequiredService<IExecutionStore>();
        Core.Storage.IBlobStore blobs = Host.Services.GetRequiredService<Core.Storage.IBlobStore>();
        Core.Progress.ILogStore logs = Host.Services.GetRequiredService<Core.Progress.ILogStore>();
        record = ((CreateOutcome.Created)await executions.CreateAsync(record, Contracts.Executions.ExecutionSamples.Spec(new string('x', 200_000)), new IdempotencyKey("key", "print"), None)).Record;
        await using (Core.Progress.ILogWriter feed = await logs.OpenAsync(record.Id, None))
        {
            feed.Append(Contracts.Progress.LogSamples.Line("told"));
            await feed.FlushAsync(None);
        }
        await blobs.WriteAsync(ExecutionBlobs.Output(record.Id, "run", "stdout"), new byte[100_000], None);
        ExecutionRecord ended = Contracts.Executions.ExecutionSamples.Ended(record, new Core.Executions.Results.ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1));
        Assert.NotNull(await executions.TryUpdateAsync(ended, None));

        await ActivatorUtilities.CreateInstance<SweepFunctions>(Host.Services).SweepAsync(new TimerInfo(), Host.Client, None);

        Assert.Null(await executions.FindAsync(record.Id, None));
        Assert.Null(await executions.FindSpecAsync(record.Id, None));
        Assert.Empty((await executions.ListAsync(new() { Tenant = TenantId.Default }, None)).Items);
        Assert.Empty(await logs.ReadAsync(record.Id, 0, None).ToListAsync());
        Assert.Equal(0, await CountBlobsAsync(ExecutionBlobs.Prefix(record.Id)));
        Assert.Equal([], await BlobsNamingAsync(record.Id));
        Assert.IsType<CreateOutcome.Created>(await executions.CreateAsync(Contracts.Executions.ExecutionSamples.Queued(), Contracts.Executions.ExecutionSamples.Spec(), new IdempotencyKey("key", "print"), None));
    }

    [SkippableFact]
    public async Task Sweep_ExecutionWithoutAnOrchestration_GetsOne()
    {
        ExecutionRecord lost = Contracts.Executions.ExecutionSamples.Queued() with { Provider = "none" };
        await Host.Services.GetRequiredService<IExecutionStore>().CreateAsync(lost, Contracts.Executions.ExecutionSamples.Spec() with { Provider = "none" }, null, None);

        await ActivatorUtilities.CreateInstance<SweepFunctions>(Host.Services).SweepAsync(new TimerInfo(), Host.Client, None);

        ExecutionRecord? ended = await Host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, lost.Id, TimeSpan.FromSeconds(60), None);
        Assert.Equal(ExecutionStatus.Failed, ended!.Status); // there is no such provider, and that was found out by running it
    }

    private async Task<int> CountBlobsAsync(string prefix) => await Host.Services.GetRequiredService<Core.Storage.IBlobStore>().ListAsync(prefix, None).CountAsync();

    /// <summary>In all containers of the account.</summary>
    private async Task<IReadOnlyList<string>> BlobsNamingAsync(ExecutionId id)
    {
        BlobServiceClient account = new((await AzuriteProcess.GetAsync()).ConnectionString);
        List<string> found = [];
        await foreach (BlobContainerItem container in account.GetBlobContainersAsync(prefix: Prefix))
        {
            await foreach (BlobItem blob in account.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                if (blob.Name.Contains(id.ToString(), StringComparison.Ordinal))
                {
                    found.Add($"{container.Name}/{blob.Name}");
                }
            }
        }
        return found;
    }
}
