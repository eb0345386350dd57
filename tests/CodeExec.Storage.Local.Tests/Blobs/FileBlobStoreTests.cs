using System.Security.Cryptography;
using CodeExec.Contracts.Storage;
using CodeExec.Core.Storage;
using CodeExec.Storage.Local.Blobs;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Tests.Blobs;

public sealed class FileBlobStoreTests : BlobStoreContract
{
    private const int Large = 100_000;

    private readonly TemporaryDatabase _temporary = new();

    private DataFolder Folder => DataFolder.Open(Path.Combine(_temporary.Folder, "data"));

    private string[] Files => Directory.GetFiles(Folder.Blobs, "*", SearchOption.AllDirectories);

    [Fact]
    public async Task WriteAsync_SmallBlob_MakesNoFile()
    {
        await Store.WriteAsync("a", new byte[32 * 1024], None);

        Assert.Empty(Files);
    }

    [Fact]
    public async Task WriteAsync_LargeBlobReplacedThenDeleted_LeavesNoFile()
    {
        await Store.WriteAsync("a/1", new byte[Large], None);
        await Store.WriteAsync("a/1", new byte[Large], None);
        Assert.Single(Files);
        await Store.WriteAsync("a/1", new byte[1], None);
        Assert.Empty(Files);
        await Store.WriteAsync("a/1", new byte[Large], None);
        await Store.WriteAsync("a/2", new byte[Large], None);

        await Store.DeleteAsync("a/", None);

        Assert.Empty(Files);
    }

    [Fact]
    public async Task CreateAsync_DisposedBeforeCommit_LeavesNoFile()
    {
        await using (IBlobWriter writer = await Store.CreateAsync("a", None))
        {
            await writer.WriteAsync(new byte[Large], None);
            Assert.Single(Files);
        }

        Assert.Empty(Files);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task WriteAsync_LargeBlob_OnlyTheOwnerReads()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");

        await Store.WriteAsync("a", new byte[Large], None);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Files)));
    }

    [Fact]
    public async Task OpenAsync_AfterACrash_KeepsWhatWasCommittedAndRemovesTheRest()
    {
        byte[] small = RandomNumberGenerator.GetBytes(100);
        byte[] large = RandomNumberGenerator.GetBytes(Large);
        await Store.WriteAsync("small", small, None);
        await Store.WriteAsync("large", large, None);
        IBlobWriter unfinished = await Store.CreateAsync("unfinished", None);
        await unfinished.WriteAsync(new byte[Large], None);
        string stray = Path.Combine(Path.GetDirectoryName(Files[0])!, "0".PadLeft(32, 'f'));
        await File.WriteAllTextAsync(stray, "");
        Assert.Equal(3, Files.Length);

        _temporary.Reopen();
        IBlobStore reopened = await OpenAsync();

        Assert.Single(Files);
        Assert.Equal(small, await ReadAllAsync(reopened, "small"));
        Assert.Equal(large, await ReadAllAsync(reopened, "large"));
        Assert.Null(await reopened.OpenReadAsync("unfinished", None));
        await unfinished.DisposeAsync();
    }

    [SkippableFact]
    public async Task OpenReadAsync_FileWasReplacedByALink_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        await Store.WriteAsync("a", new byte[Large], None);
        string file = Assert.Single(Files);
        File.Delete(file);
        File.CreateSymbolicLink(file, "/etc/passwd");

        await Assert.ThrowsAsync<IOException>(() => Store.OpenReadAsync("a", None));
    }

    [Fact]
    public async Task OpenReadAsync_FileIsMissing_SaysSo()
    {
        await Store.WriteAsync("a", new byte[Large], None);
        File.Delete(Assert.Single(Files));

        IOException missing = await Assert.ThrowsAsync<IOException>(() => Store.OpenReadAsync("a", None));

        Assert.Contains("backup", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_MoreThanAPage_GivesAllOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(i => Store.WriteAsync($"p/{i}", new byte[1], None)));

        Assert.Equal(1203, (await ListAsync("p/")).Select(info => info.Key).Distinct().Count());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _temporary.DisposeAsync();
    }

    protected override async Task<IBlobStore> OpenAsync() => await FileBlobStore.OpenAsync(_temporary.Database, Folder, TimeProvider.System, None);

    private static async Task<byte[]> ReadAllAsync(IBlobStore store, string key)
    {
        await using Stream stream = (await store.OpenReadAsync(key, None))!;
        using MemoryStream read = new();
        await stream.CopyToAsync(read, None);
        return read.ToArray();
    }
}
