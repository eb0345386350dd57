using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

public class TableClient
{
    private readonly TableConnection _connection;
    private readonly TableRest _rest;

    protected TableClient()
    {
    }

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableConnection.Of(connectionString, options ?? new()), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(TableConnection.Of(endpoint, credential, null), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableConnection.Of(endpoint, tokenCredential, options), tableName)
    {
    }

    internal TableClient(TableConnection connection, string tableName)
    {
        _connection = connection;
        _rest = new(connection, tableName);
        Name = tableName;
    }

    public virtual string AccountName => _connection.Account;

    public virtual string Name { get; }

    public virtual Uri Uri => new($"{_connection.Root}/{Name}");

    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default)
        => Response.FromValue(new TableItem(Name), await _rest.CreateTableAsync(ifNotExists: false, cancellationToken));

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
        => Response.FromValue(new TableItem(Name), await _rest.CreateTableAsync(ifNotExists: true, cancellationToken));

    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => _rest.DeleteTableAsync(cancellationToken);

    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => _rest.InsertAsync(entity, cancellationToken);

    public virtual Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => _rest.WriteAsync(entity, null, mode, cancellationToken);

    public virtual Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
        => _rest.WriteAsync(entity, ifMatch, mode, cancellationToken);

    public virtual Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
        => _rest.DeleteAsync(partitionKey, rowKey, ifMatch, cancellationToken);

    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
        => _rest.DeleteAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    public virtual async Task<Response<T>> GetEntityAsync<T>(string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        (Response raw, TableEntity entity) = await _rest.FindAsync(partitionKey, rowKey, select, cancellationToken);
        return entity is null ? throw new RequestFailedException(404, "The specified resource does not exist.", "ResourceNotFound", null) : Response.FromValue(As<T>(entity), raw);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        (Response raw, TableEntity entity) = await _rest.FindAsync(partitionKey, rowKey, select, cancellationToken);
        return entity is null ? new NoValueResponse<T>(raw) : Response.FromValue(As<T>(entity), raw);
    }

    public virtual AsyncPageable<T> QueryAsync<T>(string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => new EntityPages<T>(_rest, filter, maxPerPage, select, cancellationToken);

    public virtual Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        => _rest.SubmitAsync([.. transactionActions], cancellationToken);

    public static string CreateQueryFilter(FormattableString filter) => ODataFilter.Of(filter);

    internal static T As<T>(TableEntity entity)
        => entity is T same ? same : throw new NotSupportedException("This stand-in knows TableEntity only; see eng/standins/README.md.");
}
