using Azure;
using Azure.Data.Tables;
using CodeExec.Core.Access;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Access;

/// <summary>API keys in a table. They are few: one partition.</summary>
public sealed class TableApiKeyStore : IApiKeyStore
{
    private const string Partition = "keys";

    private static readonly string All = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");

    private readonly TableClient _table;

    private TableApiKeyStore(TableClient table) => _table = table;

    public static async Task<TableApiKeyStore> OpenAsync(AzureAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        TableClient table = account.Table("ApiKeys");
        await table.CreateIfNotExistsAsync(cancellationToken);
        return new(table);
    }

    public async Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            await _table.AddEntityAsync(RowOf(key), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == AzureFailures.Conflict)
        {
            throw new ApiKeyExistsException(key.Id);
        }
    }

    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
        => await _table.FindAsync(Partition, TableKeys.OfName(id), null, cancellationToken) is { } row ? KeyOf(row) : null;

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        List<ApiKey> keys = [];
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(All, cancellationToken: cancellationToken))
        {
            keys.Add(KeyOf(row));
        }
        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    public async Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (await _table.FindAsync(Partition, TableKeys.OfName(id), null, cancellationToken) is { } row)
        {
            if (row.GetInt64("Revoked") is not null)
            {
                return true; // the first time counts
            }
            row["Revoked"] = at.UtcTicks;
            try
            {
                await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.IsLostRace())
            {
                // Somebody else revoked it: theirs is the time.
            }
        }
        return false;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await foreach (TableEntity _ in _table.QueryAsync<TableEntity>(All, maxPerPage: 1, ["RowKey"], cancellationToken))
        {
            return true;
        }
        return false;
    }

    // Times as ticks: a table's own times forget the last digit.
    private static TableEntity RowOf(ApiKey key)
    {
        TableEntity row = new(Partition, TableKeys.OfName(key.Id))
        {
            ["Id"] = key.Id,
            ["Name"] = key.Name,
            ["Hash"] = key.Hash,
            ["Tenant"] = key.Tenant.Value,
            ["Role"] = key.Role.ToString(),
            ["Created"] = key.CreatedAt.UtcTicks,
        };
        if (key.ExpiresAt is { } expires)
        {
            row["Expires"] = expires.UtcTicks;
        }
        if (key.RevokedAt is { } revoked)
        {
            row["Revoked"] = revoked.UtcTicks;
        }
        return row;
    }

    private static ApiKey KeyOf(TableEntity row) => new(
        row.GetString("Id"),
        row.GetString("Name"),
        row.GetString("Hash"),
        new TenantId(row.GetString("Tenant")),
        Enum.Parse<Role>(row.GetString("Role")),
        TimeOf(row, "Created")!.Value,
        TimeOf(row, "Expires"),
        TimeOf(row, "Revoked"));

    private static DateTimeOffset? TimeOf(TableEntity row, string column)
        => row.GetInt64(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
