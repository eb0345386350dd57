using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The REST calls.</summary>
internal sealed class TableRest(TableConnection connection, string table)
{
    public async Task<Response> CreateTableAsync(bool ifNotExists, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = table });
        return await SendAsync(RequestMethod.Post, "Tables", "", body, null, status => status == 204 || (ifNotExists && status == 409), cancellationToken, noContent: true);
    }

    public Task<Response> DeleteTableAsync(CancellationToken cancellationToken)
        => SendAsync(RequestMethod.Delete, $"Tables('{table}')", "", null, null, status => status is 204 or 404, cancellationToken);

    public Task<Response> InsertAsync(ITableEntity entity, CancellationToken cancellationToken)
        => SendAsync(RequestMethod.Post, table, "", EntityJson.Write(entity), null, status => status == 204, cancellationToken, noContent: true);

    public Task<Response> WriteAsync(ITableEntity entity, ETag? ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
        => SendAsync(mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch, AddressOf(entity.PartitionKey, entity.RowKey), "", EntityJson.Write(entity), ifMatch, status => status == 204, cancellationToken);

    public Task<Response> DeleteAsync(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
        => SendAsync(RequestMethod.Delete, AddressOf(partitionKey, rowKey), "", null, ifMatch == default ? ETag.All : ifMatch, status => status is 204 or 404, cancellationToken);

    public async Task<(Response Raw, TableEntity Entity)> FindAsync(string partitionKey, string rowKey, IEnumerable<string> select, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Get, AddressOf(partitionKey, rowKey), Query(("$select", Join(select))), null, null, status => status is 200 or 404, cancellationToken);
        if (response.Status == 404)
        {
            return (response, null);
        }
        using JsonDocument json = JsonDocument.Parse(response.ContentStream);
        return (response, EntityJson.Read(json.RootElement, response.Headers.ETag?.ToString()));
    }

    public async Task<Page<TableEntity>> QueryAsync(string filter, int? top, IEnumerable<string> select, string continuation, CancellationToken cancellationToken)
    {
        string[] next = continuation?.Split(' ') ?? [null, null];
        string query = Query(("$filter", filter), ("$top", top?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("$select", Join(select)), ("NextPartitionKey", next[0]), ("NextRowKey", next[1]));
        Response response = await SendAsync(RequestMethod.Get, table + "()", query, null, null, status => status == 200, cancellationToken);
        using JsonDocument json = JsonDocument.Parse(response.ContentStream);
        List<TableEntity> entities = [.. json.RootElement.GetProperty("value").EnumerateArray().Select(each => EntityJson.Read(each, null))];
        string token = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out string partition)
            ? $"{partition} {(response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out string row) ? row : "")}"
            : null;
        return Page<TableEntity>.FromValues(entities, token, response);
    }

    public async Task<Response<IReadOnlyList<Response>>> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        (string contentType, byte[] body) = Transaction.Write(entity => $"{connection.Root}/{AddressOf(entity.PartitionKey, entity.RowKey)}", $"{connection.Root}/{table}", actions);
        Response response = await SendAsync(RequestMethod.Post, "$batch", "", body, null, status => status == 202, cancellationToken, contentType: contentType);
        List<PartResponse> parts = Transaction.Read(response.Content.ToString());
        if (parts.Find(part => part.Status >= 400) is { } failed)
        {
            TableFailure failure = TableFailure.Of(failed.Body);
            int? index = int.TryParse(failure.Message?.Split(':')[0], out int named) ? named : null;
            throw new TableTransactionFailedException(failed.Status, failure.Message, failure.Code, index);
        }
        return Response.FromValue<IReadOnlyList<Response>>(parts, response);
    }

    private static string Join(IEnumerable<string> select) => select is null ? null : string.Join(',', select);

    private static string Query(params (string Name, string Value)[] parts)
        => string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));

    private string AddressOf(string partitionKey, string rowKey) => $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private async Task<Response> SendAsync(
        RequestMethod method, string path, string query, byte[] body, ETag? ifMatch, Func<int, bool> isGood, CancellationToken cancellationToken, bool noContent = false, string contentType = "application/json;odata=nometadata")
    {
        using HttpMessage message = connection.Pipeline.CreateMessage();
        string all = string.Join('&', new[] { query, connection.Query }.Where(part => part.Length > 0));
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri($"{connection.Root}/{path}{(all.Length > 0 ? "?" : "")}{all}"));
        message.Request.Headers.SetValue("x-ms-version", "2019-02-02");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (noContent)
        {
            message.Request.Headers.SetValue("Prefer", "return-no-content");
        }
        if (ifMatch is { } match)
        {
            message.Request.Headers.SetValue("If-Match", match.ToString());
        }
        if (body is not null)
        {
            message.Request.Headers.SetValue("Content-Type", contentType);
            message.Request.Content = RequestContent.Create(body);
        }
        await connection.Pipeline.SendAsync(message, cancellationToken);
        if (!isGood(message.Response.Status))
        {
            TableFailure failure = TableFailure.Of(message.Response.Content?.ToString() ?? "");
            throw new RequestFailedException(message.Response.Status, failure.Message, failure.Code, null);
        }
        return message.Response;
    }
}
