using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private readonly TableConnection _connection;

    protected TableServiceClient()
    {
    }

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions options = null)
        => _connection = TableConnection.Of(connectionString, options ?? new());

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        => _connection = TableConnection.Of(endpoint, credential, null);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null)
        => _connection = TableConnection.Of(endpoint, tokenCredential, options);

    public virtual string AccountName => _connection.Account;

    public virtual Uri Uri => _connection.Endpoint;

    public virtual TableClient GetTableClient(string tableName) => new(_connection, tableName);

    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default)
        => GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
        => GetTableClient(tableName).DeleteAsync(cancellationToken);

    public static string CreateQueryFilter(FormattableString filter) => ODataFilter.Of(filter);
}
