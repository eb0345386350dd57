using CodeExec.Contracts.Queues;
using CodeExec.Core.Queues;
using CodeExec.Storage.Azure.Queues;

namespace CodeExec.Storage.Azure.Tests.Queues;

public sealed class AzureWorkQueueTests : WorkQueueContract
{
    protected override async Task<IWorkQueue> OpenAsync()
        => await AzureWorkQueue.OpenAsync(await TemporaryAccount.OpenAsync(), new QueueOptions { MaxTries = MaxTries }, CancellationToken.None);

    /// <summary>Azurite has the real clock, in whole seconds: there is no other way than to let it pass.</summary>
    protected override Task PassAsync(TimeSpan time) => time == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time + TimeSpan.FromSeconds(1), TimeProvider.System);
}
