using CodeExec.Contracts.Access;
using CodeExec.Core.Access;
using CodeExec.Storage.Local.Access;

namespace CodeExec.Storage.Local.Tests.Access;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract
{
    private readonly TemporaryDatabase _temporary = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _temporary.DisposeAsync();
    }

    protected override async Task<IApiKeyStore> OpenAsync() => await SqliteApiKeyStore.OpenAsync(_temporary.Database, CancellationToken.None);
}
