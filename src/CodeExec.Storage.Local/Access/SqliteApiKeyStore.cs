using CodeExec.Core.Access;
using CodeExec.Core.Tenants;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Storage.Local.Access;

/// <summary>API keys in SQLite: their hashes, never the keys.</summary>
public sealed class SqliteApiKeyStore : IApiKeyStore
{
    private const string Columns = "SELECT id, name, hash, tenant, role, created, expires, revoked FROM api_keys";

    private readonly SqliteDatabase _database;

    private SqliteApiKeyStore(SqliteDatabase database) => _database = database;

    public static async Task<SqliteApiKeyStore> OpenAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await LocalTables.PrepareAsync(database, cancellationToken);
        return new(database);
    }

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _database.WriteAsync(
            context =>
            {
                int added = context.Execute(
                    """
                    INSERT INTO api_keys(id, name, hash, tenant, role, created, expires, revoked)
                    VALUES($id, $name, $hash, $tenant, $role, $created, $expires, $revoked) ON CONFLICT(id) DO NOTHING
                    """,
                    ("$id", key.Id),
                    ("$name", key.Name),
                    ("$hash", key.Hash),
                    ("$tenant", key.Tenant.Value),
                    ("$role", key.Role.ToString()),
                    ("$created", key.CreatedAt.UtcTicks),
                    ("$expires", key.ExpiresAt?.UtcTicks),
                    ("$revoked", key.RevokedAt?.UtcTicks));
                if (added == 0)
                {
                    throw new ApiKeyExistsException(key.Id);
                }
            },
            cancellationToken);
    }

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult(_database.Read(context => context.Find(Columns + " WHERE id = $id", Map, ("$id", id))));

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ApiKey>>(_database.Read(context => context.List(Columns + " ORDER BY created, id", Map)));

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
        => _database.WriteAsync(
            context => context.Execute("UPDATE api_keys SET revoked = ifnull(revoked, $at) WHERE id = $id", ("$at", at.UtcTicks), ("$id", id)) > 0,
            cancellationToken);

    public Task<bool> AnyAsync(CancellationToken cancellationToken)
        => Task.FromResult(_database.Read(context => context.Scalar("SELECT 1 FROM api_keys LIMIT 1") is not null));

    private static ApiKey Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        new TenantId(row.GetString(3)),
        Enum.Parse<Role>(row.GetString(4)),
        Time(row, 5)!.Value,
        Time(row, 6),
        Time(row, 7));

    private static DateTimeOffset? Time(SqliteDataReader row, int column)
        => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
