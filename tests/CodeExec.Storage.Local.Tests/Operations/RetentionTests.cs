using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Operations;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Local.Blobs;
using CodeExec.Storage.Local.Documents;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Tests.Operations;

public sealed class LocalRetentionTests : RetentionContract
{
    private readonly TemporaryDatabase _temporary = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _temporary.DisposeAsync();
    }

    protected override async Task<(IDocumentStore Documents, IBlobStore Blobs)> OpenAsync(TimeProvider clock)
        => (await SqliteDocumentStore.OpenAsync(_temporary.Database, CancellationToken.None),
            await FileBlobStore.OpenAsync(_temporary.Database, DataFolder.Open(Path.Combine(_temporary.Folder, "data")), clock, CancellationToken.None));
}

public sealed class FakeRetentionTests : RetentionContract
{
    protected override Task<(IDocumentStore Documents, IBlobStore Blobs)> OpenAsync(TimeProvider clock)
        => Task.FromResult<(IDocumentStore, IBlobStore)>((new InMemoryDocumentStore(), new InMemoryBlobStore(clock)));
}
