using CodeExec.Contracts.Storage;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Blobs;

namespace CodeExec.Storage.Azure.Tests.Blobs;

public sealed class AzureBlobStoreTests : BlobStoreContract
{
    [SkippableTheory]
    [InlineData("a./b")]
    [InlineData("a/b.")]
    [InlineData("a../b..")]
    public async Task WriteAsync_SegmentThatEndsWithADot_KeepsItsKey(string key)
    {
        await Store.WriteAsync(key, new byte[3], None);
        await Store.WriteAsync(key.Replace(".", "", StringComparison.Ordinal), new byte[5], None);

        Assert.Equal(3, (await ReadAsync(key)).Length);
        Assert.Contains(key, (await ListAsync(key.Split('/')[0] + "/")).Select(info => info.Key));
    }

    [SkippableFact]
    public async Task CreateAsync_SeveralBlocks_AreOneBlobAndAppearTogether()
    {
        byte[] piece = new byte[3_000_000];
        await using (IBlobWriter writer = await Store.CreateAsync("large", None))
        {
            for (byte i = 0; i < 4; i++)
            {
                piece.AsSpan().Fill(i);
                await writer.WriteAsync(piece, None);
                Assert.Null(await Store.OpenReadAsync("large", None));
            }
            await writer.CommitAsync(None);
        }

        byte[] read = await ReadAsync("large");

        Assert.Equal(12_000_000, read.Length);
        Assert.Equal([0, 0, 1, 3], new[] { read[0], read[2_999_999], read[3_000_000], read[^1] });
    }

    protected override async Task<IBlobStore> OpenAsync() => await AzureBlobStore.OpenAsync(await TemporaryAccount.OpenAsync(), None);
}
