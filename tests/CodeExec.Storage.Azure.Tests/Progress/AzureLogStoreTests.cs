using CodeExec.Contracts.Progress;
using CodeExec.Core.Progress;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Progress;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Storage.Azure.Tests.Progress;

public sealed class AzureLogStoreTests : LogStoreContract
{
    private AzureAccount? _account;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await ((AzureLogStore)Store).DisposeAsync();
    }

    protected override async Task<ILogStore> OpenStoreAsync()
    {
        _account ??= await TemporaryAccount.OpenAsync();
        return await AzureLogStore.OpenAsync(_account, Signals, TimeProvider.System, NullLogger<AzureLogStore>.Instance, None);
    }

    protected override async Task<ILogStore> ReopenStoreAsync(ILogStore store)
    {
        await ((AzureLogStore)store).DisposeAsync();
        return await OpenStoreAsync();
    }
}
