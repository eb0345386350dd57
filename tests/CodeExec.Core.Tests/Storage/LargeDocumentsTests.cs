using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Tests.Storage;

public sealed class LargeDocumentsTests
{
    private static readonly TenantId Tenant = new("Tenant-1");

    private readonly InMemoryBlobStore _blobs = new(TimeProvider.System);
    private readonly InMemoryDocumentStore _documents = new();
    private readonly LargeDocuments<Note> _notes;

    public LargeDocumentsTests() => _notes = new(_documents, _blobs, "notes");

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task TryWriteAsync_AnySize_ComesBackWhole(int length)
    {
        Assert.True(await _notes.TryWriteAsync(Tenant, "a", new Note(new string('x', length)), 0, None));

        Assert.Equal(length, (await _notes.FindAsync(Tenant, "a", None))!.Value.Value.Text.Length);
        Assert.Equal(length, Assert.Single(await _notes.ListAsync(Tenant, new DocumentRange(10), None)).Text.Length);
        Assert.Null(await _notes.FindAsync(new TenantId("other"), "a", None));
    }

    [Fact]
    public async Task TryWriteAsync_NewVersions_LeaveOneBlob()
    {
        await _notes.TryWriteAsync(Tenant, "a", Large('1'), 0, None);
        Assert.False(await _notes.TryWriteAsync(Tenant, "a", Large('2'), 0, None)); // somebody was quicker
        Assert.Equal(1, await CountBlobsAsync());
        long revision = (await _notes.FindAsync(Tenant, "a", None))!.Value.Revision;
        Assert.True(await _notes.TryWriteAsync(Tenant, "a", Large('3'), revision, None));

        Assert.Equal('3', (await _notes.FindAsync(Tenant, "a", None))!.Value.Value.Text[0]);
        Assert.Equal(1, await CountBlobsAsync());
        await _notes.DeleteAsync(Tenant, "a", None);
        Assert.Equal(0, await CountBlobsAsync());
        Assert.Null(await _notes.FindAsync(Tenant, "a", None));
    }

    [Fact]
    public async Task ReserveAsync_SameKey_IsTheSameIdUntilItIsReleased()
    {
        ReservedIds ids = new(_documents, new ManualTimeProvider());
        IdempotencyKey key = new("any key: ü/#?", "f1");

        ReservedId first = (await ids.ReserveAsync(Tenant, key, None))!;
        ReservedId again = (await ids.ReserveAsync(Tenant, key, None))!;

        Assert.Equal((first.Id, false, true), (again.Id, first.IsRepeated, again.IsRepeated));
        Assert.Null(await ids.ReserveAsync(Tenant, key with { Fingerprint = "f2" }, None));
        Assert.NotEqual(first.Id, (await ids.ReserveAsync(new TenantId("other"), key, None))!.Id);
        await ids.ReleaseAsync(Tenant, key, None);
        Assert.False((await ids.ReserveAsync(Tenant, key, None))!.IsRepeated);
    }

    private static Note Large(char first) => new(first + new string('x', 100_000));

    private async Task<int> CountBlobsAsync()
    {
        int count = 0;
        await foreach (BlobInfo _ in _blobs.ListAsync("notes/", None))
        {
            count++;
        }

        return count;
    }

    public sealed record Note(string Text);
}
