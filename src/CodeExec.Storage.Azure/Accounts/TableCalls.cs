using Azure;
using Azure.Data.Tables;

namespace CodeExec.Storage.Azure.Accounts;

internal static class TableCalls
{
    /// <summary>One that is gone already counts as deleted.</summary>
    public static async Task DeleteQuietlyAsync(this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(partitionKey, rowKey, ETag.All, cancellationToken);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            // Somebody else deleted it, or an earlier try of ours.
        }
    }

    public static async Task<TableEntity?> FindAsync(this TableClient table, string partitionKey, string rowKey, IEnumerable<string>? columns, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, columns, cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
