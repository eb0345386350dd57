using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CodeExec.Core.Executions;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>
/// JSON of any size in a row: in the row itself up to what a property holds (64 KB), else in a blob of a name of its own that the row holds. Such a
/// blob is written before its row and never changed, so that a row always stands for one whole value.
/// </summary>
internal sealed class LargeValues(BlobContainerClient container)
{
    private const int MostInARow = 60 * 1024;
    private const string InRow = "Json";
    private const string InBlob = "Blob";

    public static readonly string[] Columns = [InRow, InBlob];

    public static string? BlobOf(TableEntity row) => row.GetString(InBlob);

    public async Task PutAsync(TableEntity row, ExecutionId id, byte[] json, CancellationToken cancellationToken)
    {
        if (json.Length <= MostInARow)
        {
            row[InRow] = json;
            return;
        }
        string name = $"{id}/{Guid.NewGuid():n}";
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(json), cancellationToken);
        row[InBlob] = name;
    }

    /// <returns>Null if the row's value was replaced or deleted meanwhile: read the row again.</returns>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (BlobOf(row) is not { } blob)
        {
            return row.GetBinary(InRow);
        }
        try
        {
            return (await container.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>Removes what no row holds any longer. Should the process end before, one blob is left that nobody reads.</summary>
    public async Task DropAsync(string? blob, CancellationToken cancellationToken)
    {
        if (blob is not null)
        {
            await container.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken);
        }
    }
}
