using CodeExec.Contracts.Operations;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Blobs;
using CodeExec.Storage.Azure.Documents;

namespace CodeExec.Storage.Azure.Tests.Operations;

public sealed class AzureRetentionTests : RetentionContract
{
    protected override async Task<(IDocumentStore Documents, IBlobStore Blobs)> OpenAsync(TimeProvider clock)
    {
        AzureAccount account = await TemporaryAccount.OpenAsync();
        return (await TableDocumentStore.OpenAsync(account, CancellationToken.None), await AzureBlobStore.OpenAsync(account, CancellationToken.None));
    }
}
