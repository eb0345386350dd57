using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Storage;

namespace CodeExec.Contracts.Storage;

/// <summary>What every store of blobs must do.</summary>
public abstract class BlobStoreContract : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IBlobStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Below, at and above where an adapter may change its ways.</summary>
    public static TheoryData<int> Sizes() => [0, 1, 4096, 32 * 1024, (32 * 1024) + 1, 300_000];

    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public async Task WriteAsync_AnySize_IsReadBack(int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(size);

        await Store.WriteAsync("a/b", content, None);

        Assert.Equal(content, await ReadAsync("a/b"));
        Assert.Equal(("a/b", size), Assert.Single(await ListAsync("a/")) is { } info ? (info.Key, (int)info.SizeBytes) : default);
    }

    [SkippableTheory]
    [InlineData(10, 100_000)]
    [InlineData(100_000, 10)]
    [InlineData(100_000, 100_000)]
    [InlineData(10, 10)]
    public async Task WriteAsync_KeyThatExists_ReplacesTheBlob(int before, int after)
    {
        await Store.WriteAsync("a", RandomNumberGenerator.GetBytes(before), None);
        byte[] content = RandomNumberGenerator.GetBytes(after);

        await Store.WriteAsync("a", content, None);

        Assert.Equal(content, await ReadAsync("a"));
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task OpenReadAsync_ReplacedOrDeletedWhileRead_GivesTheOldOneWhole(int size)
    {
        byte[] old = RandomNumberGenerator.GetBytes(size);
        await Store.WriteAsync("a", old, None);
        await using Stream replaced = (await Store.OpenReadAsync("a", None))!;
        await Store.WriteAsync("a", RandomNumberGenerator.GetBytes(size), None);
        Assert.Equal(old, await ReadAsync(replaced));
        byte[] newer = await ReadAsync("a");
        await using Stream deleted = (await Store.OpenReadAsync("a", None))!;

        await Store.DeleteAsync("a", None);

        Assert.Equal(newer, await ReadAsync(deleted));
    }

    [SkippableFact]
    public async Task OpenReadAsync_ManyWritersOfOneKey_SeesAlwaysOneOfThemWhole()
    {
        byte[][] contents = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)i, i % 2 == 0 ? 100 : 50_000).ToArray())];
        await Store.WriteAsync("a", contents[0], None);
        Task writing = Task.WhenAll(contents.Select(content => Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++)
            {
                await Store.WriteAsync("a", content, None);
            }
        })));

        do
        {
            byte[] read = await ReadAsync("a");
            Assert.Equal(contents[read[0]], read);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [SkippableFact]
    public async Task OpenReadAsync_UnknownKey_FindsNothing() => Assert.Null(await Store.OpenReadAsync("none/here", None));

    [SkippableTheory]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData(".hidden")]
    [InlineData("é")]
    [InlineData("")]
    public async Task AnyMethod_NotAKey_IsRefused(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync(key, new byte[1], None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CreateAsync(key, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenReadAsync(key, None));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a//")]
    public async Task DeleteAsync_NotAPrefix_IsRefusedAndDeletesNothing(string prefix)
    {
        await Store.WriteAsync("a", new byte[1], None);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync(prefix, None));

        Assert.NotNull(await Store.OpenReadAsync("a", None));
    }

    private static readonly string[] UserNames =
    [
        "out.txt", "OUT.TXT", "..", ".", "", "/", "a/b", "a\\b", "\0", "con", "a b", " ", "%2e%2e", "ünï/日本.txt", "🎉", "_", "-rf", "line\nbreak", "~", "a:b*?",
        new('x', 1000), new('日', 1000), new string('x', 999) + "y", ".." + new string('/', 400),
    ];

    /// <summary>Names that users may give their files.</summary>
    public static TheoryData<string> Names() => [.. UserNames];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task WriteAsync_NameThatAUserChose_RoundTrips(string name)
    {
        string key = $"executions/1/{BlobKey.Segment(name)}";
        byte[] content = Encoding.UTF8.GetBytes(name + "!");

        await Store.WriteAsync(key, content, None);
        await Store.WriteAsync("executions/1/other", new byte[3], None);

        Assert.Equal(content, await ReadAsync(key));
        Assert.Contains(await ListAsync("executions/1/"), info => info.Key == key && info.SizeBytes == content.Length);
        await Store.DeleteAsync(key, None);
        Assert.Null(await Store.OpenReadAsync(key, None));
        Assert.NotNull(await Store.OpenReadAsync("executions/1/other", None));
    }

    [SkippableFact]
    public async Task WriteAsync_AllThoseNamesTogether_AreDifferentBlobs()
    {
        foreach (string name in UserNames)
        {
            await Store.WriteAsync("n/" + BlobKey.Segment(name), Encoding.UTF8.GetBytes(name), None);
        }

        foreach (string name in UserNames)
        {
            Assert.Equal(name, Encoding.UTF8.GetString(await ReadAsync("n/" + BlobKey.Segment(name))));
        }
        Assert.Equal(UserNames.Length, (await ListAsync("n/")).Count);
    }

    [SkippableFact]
    public async Task ListAsync_Prefix_GivesWhatIsBelowAndNothingBeside()
    {
        foreach (string key in new[] { "a", "a/1", "a/2/3", "ab/1", "a-/1", "a0", "b/a/1" })
        {
            await Store.WriteAsync(key, new byte[1], None);
        }

        Assert.Equal(["a/1", "a/2/3"], (await ListAsync("a/")).Select(info => info.Key).Order(StringComparer.Ordinal));
        Assert.Empty(await ListAsync("c/"));
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task DeleteAsync_Prefix_DeletesWhatIsBelowAndNothingBeside(int size)
    {
        foreach (string key in new[] { "a", "a/1", "a/2/3", "ab/1", "a0" })
        {
            await Store.WriteAsync(key, new byte[size], None);
        }

        await Store.DeleteAsync("a/", None);
        await Store.DeleteAsync("a/", None);

        Assert.Empty(await ListAsync("a/"));
        Assert.Null(await Store.OpenReadAsync("a/2/3", None));
        foreach (string key in new[] { "a", "ab/1", "a0" })
        {
            Assert.Equal(size, (await ReadAsync(key)).Length);
        }
    }

    [SkippableFact]
    public async Task DeleteAsync_UnknownKey_CountsAsDone() => await Store.DeleteAsync("none", None);

    [SkippableTheory]
    [InlineData(3, 10)]
    [InlineData(20, 10_000)]
    [InlineData(0, 0)]
    public async Task CreateAsync_PiecesThenCommit_IsTheWhole(int pieces, int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(pieces * size);
        await using (IBlobWriter writer = await Store.CreateAsync("a/b", None))
        {
            for (int i = 0; i < pieces; i++)
            {
                await writer.WriteAsync(content.AsMemory(i * size, size), None);
                Assert.Null(await Store.OpenReadAsync("a/b", None));
            }
            await writer.CommitAsync(None);
        }

        Assert.Equal(content, await ReadAsync("a/b"));
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task CreateAsync_DisposedBeforeCommit_LeavesWhatWasThere(int size)
    {
        await Store.WriteAsync("a", new byte[] { 7 }, None);

        await using (IBlobWriter writer = await Store.CreateAsync("a", None))
        {
            await writer.WriteAsync(new byte[size], None);
        }

        Assert.Equal([7], await ReadAsync("a"));
    }

    /// <summary>An empty store.</summary>
    protected abstract Task<IBlobStore> OpenAsync();

    protected async Task<List<BlobInfo>> ListAsync(string prefix)
    {
        List<BlobInfo> found = [];
        await foreach (BlobInfo info in Store.ListAsync(prefix, None))
        {
            found.Add(info);
        }
        return found;
    }

    protected async Task<byte[]> ReadAsync(string key)
    {
        await using Stream? stream = await Store.OpenReadAsync(key, None);
        Assert.NotNull(stream);
        return await ReadAsync(stream);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream read = new();
        await stream.CopyToAsync(read, None);
        return read.ToArray();
    }
}
