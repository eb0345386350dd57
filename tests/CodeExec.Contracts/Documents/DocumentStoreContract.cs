using System.Text;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Contracts.Documents;

/// <summary>What every store of documents must do.</summary>
public abstract class DocumentStoreContract : IAsyncLifetime
{
    private static readonly DocumentPartition Partition = new("tests", "tenant");

    private static CancellationToken None => CancellationToken.None;

    protected IDocumentStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task FindAsync_WrittenDocument_HasItsBytes()
    {
        Assert.True(await WriteAsync(DocumentWrite.Create("a b~!$&'()*+,-.:;<=>@[]^_`{|}", Json("ü"))));

        Document found = (await Store.FindAsync(Partition, "a b~!$&'()*+,-.:;<=>@[]^_`{|}", None))!;

        Assert.Equal(Json("ü"), found.Json);
    }

    [SkippableFact]
    public async Task FindAsync_OtherPartitionOrCollection_FindsNothing()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")));

        Assert.Null(await Store.FindAsync(Partition with { Key = "other" }, "a", None));
        Assert.Null(await Store.FindAsync(Partition with { Collection = "other" }, "a", None));
        Assert.Null(await Store.FindAsync(Partition, "A", None));
    }

    [SkippableFact]
    public async Task TryWriteAsync_CreateWhatExists_WritesNothing()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")));

        Assert.False(await WriteAsync(DocumentWrite.Create("a", Json("2")), DocumentWrite.Create("b", Json("2"))));

        Assert.Equal(["a=1"], await AllAsync());
    }

    [SkippableFact]
    public async Task TryWriteAsync_RevisionThatHasPassed_WritesNothing()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")));
        long first = (await Store.FindAsync(Partition, "a", None))!.Revision;
        Assert.True(await WriteAsync(DocumentWrite.Update("a", Json("2"), first)));

        Assert.False(await WriteAsync(DocumentWrite.Put("b", Json("3")), DocumentWrite.Update("a", Json("3"), first)));
        Assert.False(await WriteAsync(DocumentWrite.Delete("a", first)));

        Assert.Equal(["a=2"], await AllAsync());
    }

    [SkippableFact]
    public async Task TryWriteAsync_UpdateWhatIsGone_WritesNothing()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")));
        long revision = (await Store.FindAsync(Partition, "a", None))!.Revision;
        await WriteAsync(DocumentWrite.Delete("a"));

        Assert.False(await WriteAsync(DocumentWrite.Update("a", Json("2"), revision)));
        Assert.Empty(await AllAsync());
    }

    [SkippableFact]
    public async Task TryWriteAsync_Several_WritesAll()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")), DocumentWrite.Create("b", Json("1")));

        Assert.True(await WriteAsync(DocumentWrite.Put("a", Json("2")), DocumentWrite.Delete("b"), DocumentWrite.Delete("none"), DocumentWrite.Put("c", Json("2"))));

        Assert.Equal(["a=2", "c=2"], await AllAsync());
    }

    [SkippableFact]
    public async Task TryWriteAsync_ManyAtOnceOnOneDocument_LoseNothing()
    {
        await WriteAsync(DocumentWrite.Create("n", Json("0")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                Document found = (await Store.FindAsync(Partition, "n", None))!;
                int next = int.Parse(Encoding.UTF8.GetString(found.Json), System.Globalization.CultureInfo.InvariantCulture) + 1;
                if (await WriteAsync(DocumentWrite.Update("n", Json($"{next}"), found.Revision)))
                {
                    return;
                }
            }
        })));

        Assert.Equal(["n=8"], await AllAsync());
    }

    [SkippableFact]
    public async Task ListAsync_Ranges_AreInTheOrderOfBytes()
    {
        string[] ids = ["1", "10", "2", "B", "a", "a-1", "a-2", "b"];
        await WriteAsync([.. ids.Reverse().Select(id => DocumentWrite.Create(id, Json("")))]);

        Assert.Equal(ids, await IdsAsync(new(100)));
        Assert.Equal(["1", "10", "2"], await IdsAsync(new(3)));
        Assert.Equal(["B", "a"], await IdsAsync(new(2, After: "2")));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(new(100, Prefix: "a-")));
        Assert.Equal(["a-2"], await IdsAsync(new(100, After: "a-1", Prefix: "a-")));
        Assert.Equal(["b", "a-2", "a-1"], await IdsAsync(new(3, Descending: true)));
        Assert.Equal(["10", "1"], await IdsAsync(new(3, After: "2", Descending: true)));
        Assert.Equal(["a-1"], await IdsAsync(new(3, After: "a-2", Prefix: "a-", Descending: true)));
    }

    [SkippableFact]
    public async Task ListPartitionsAsync_SeveralWithDocuments_NamesEachOnce()
    {
        foreach (string key in (string[])["b", "a", "a-1", "a:b"])
        {
            await Store.TryWriteAsync(Partition with { Key = key }, [DocumentWrite.Create("1", Json("")), DocumentWrite.Create("2", Json(""))], None);
        }

        await Store.TryWriteAsync(new DocumentPartition("tests2", "z"), [DocumentWrite.Create("1", Json(""))], None);
        await Store.TryWriteAsync(new DocumentPartition("test", "y"), [DocumentWrite.Create("1", Json(""))], None);

        Assert.Equal(["a", "a-1", "a:b", "b"], await Store.ListPartitionsAsync("tests", None).ToListAsync());
        Assert.Empty(await Store.ListPartitionsAsync("none", None).ToListAsync());
    }

    [SkippableFact]
    public async Task DeleteAllAsync_OnePartition_LeavesTheOthers()
    {
        await WriteAsync(DocumentWrite.Create("a", Json("1")));
        DocumentPartition other = Partition with { Key = "tenant2" };
        await Store.TryWriteAsync(other, [DocumentWrite.Create("a", Json("2"))], None);

        await Store.DeleteAllAsync(Partition, None);
        await Store.DeleteAllAsync(Partition, None);

        Assert.Empty(await AllAsync());
        Assert.NotNull(await Store.FindAsync(other, "a", None));
    }

    [SkippableFact]
    public async Task TryWriteAsync_LargestDocument_ComesBackWhole()
    {
        byte[] large = Encoding.ASCII.GetBytes($"\"{new string('x', IDocumentStore.LargestDocument - 2)}\"");
        await WriteAsync(DocumentWrite.Create("a", large));

        Assert.Equal(large, (await Store.FindAsync(Partition, "a", None))!.Json);
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(DocumentWrite.Put("a", [.. large, 32])));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("ü")]
    [InlineData("a\n")]
    public async Task TryWriteAsync_KeyThatNotEveryStoreCanHave_IsRefused(string id)
        => await Assert.ThrowsAnyAsync<ArgumentException>(() => WriteAsync(DocumentWrite.Put(id, Json("1"))));

    /// <summary>An empty store.</summary>
    protected abstract Task<IDocumentStore> OpenAsync();

    private static byte[] Json(string value) => Encoding.UTF8.GetBytes(value);

    private Task<bool> WriteAsync(params DocumentWrite[] writes) => Store.TryWriteAsync(Partition, writes, None);

    private async Task<string[]> AllAsync()
        => [.. (await Store.ListAsync(Partition, new(100), None)).Select(document => $"{document.Id}={Encoding.UTF8.GetString(document.Json)}")];

    private async Task<string[]> IdsAsync(DocumentRange range) => [.. (await Store.ListAsync(Partition, range, None)).Select(document => document.Id)];
}
