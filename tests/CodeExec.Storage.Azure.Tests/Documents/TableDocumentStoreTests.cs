using CodeExec.Contracts.Documents;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Documents;

namespace CodeExec.Storage.Azure.Tests.Documents;

public sealed class TableDocumentStoreTests : DocumentStoreContract
{
    protected override async Task<IDocumentStore> OpenAsync() => await TableDocumentStore.OpenAsync(await TemporaryAccount.OpenAsync(), CancellationToken.None);
}
