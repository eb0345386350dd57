using CodeExec.Contracts.Access;
using CodeExec.Core.Access;
using CodeExec.Storage.Azure.Access;

namespace CodeExec.Storage.Azure.Tests.Access;

public sealed class TableApiKeyStoreTests : ApiKeyStoreContract
{
    protected override async Task<IApiKeyStore> OpenAsync() => await TableApiKeyStore.OpenAsync(await TemporaryAccount.OpenAsync(), CancellationToken.None);
}
