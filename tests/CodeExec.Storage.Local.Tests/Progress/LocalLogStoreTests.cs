using CodeExec.Contracts.Progress;
using CodeExec.Core.Progress;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Progress;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Storage.Local.Tests.Progress;

public sealed class LocalLogStoreTests : LogStoreContract
{
    private readonly TemporaryDatabase _temporary = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await ((LocalLogStore)Store).DisposeAsync();
        await _temporary.DisposeAsync();
    }

    protected override async Task<ILogStore> OpenStoreAsync()
        => await LocalLogStore.OpenAsync(
            _temporary.Database,
            DataFolder.Open(Path.Combine(_temporary.Folder, "data")),
            Signals,
            TimeProvider.System,
            NullLogger<LocalLogStore>.Instance,
            None);

    protected override async Task<ILogStore> ReopenStoreAsync(ILogStore store)
    {
        await ((LocalLogStore)store).DisposeAsync();
        _temporary.Reopen();
        return await OpenStoreAsync();
    }
}
