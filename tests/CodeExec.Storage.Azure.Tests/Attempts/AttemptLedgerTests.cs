using CodeExec.Contracts.Attempts;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Documents;

namespace CodeExec.Storage.Azure.Tests.Attempts;

public sealed class AzureAttemptLedgerTests : AttemptLedgerContract
{
    protected override async Task<IDocumentStore> OpenAsync() => await TableDocumentStore.OpenAsync(await TemporaryAccount.OpenAsync(), CancellationToken.None);
}
