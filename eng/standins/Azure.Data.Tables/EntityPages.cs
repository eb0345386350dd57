using System.Runtime.CompilerServices;

namespace Azure.Data.Tables;

internal sealed class EntityPages<T>(TableRest rest, string filter, int? maxPerPage, IEnumerable<string> select, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        string token = continuationToken;
        do
        {
            Page<TableEntity> page = await rest.QueryAsync(filter, pageSizeHint ?? maxPerPage, select, token, CancellationToken);
            yield return Page<T>.FromValues([.. page.Values.Select(TableClient.As<T>)], page.ContinuationToken, page.GetRawResponse());
            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
