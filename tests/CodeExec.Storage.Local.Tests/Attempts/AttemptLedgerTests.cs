using CodeExec.Contracts.Attempts;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Local.Documents;

namespace CodeExec.Storage.Local.Tests.Attempts;

public sealed class LocalAttemptLedgerTests : AttemptLedgerContract
{
    private readonly TemporaryDatabase _temporary = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _temporary.DisposeAsync();
    }

    protected override async Task<IDocumentStore> OpenAsync() => await SqliteDocumentStore.OpenAsync(_temporary.Database, CancellationToken.None);
}

public sealed class FakeAttemptLedgerTests : AttemptLedgerContract
{
    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult<IDocumentStore>(new InMemoryDocumentStore());
}
