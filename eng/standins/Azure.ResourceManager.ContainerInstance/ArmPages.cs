using System.Text.Json;
using Azure.Core;

namespace Azure.ResourceManager.ContainerInstance;

/// <summary>A list that goes on at "nextLink".</summary>
internal sealed class ArmPages<T>(ArmRest rest, string path, Func<JsonElement, T> read, CancellationToken cancellationToken) : AsyncPageable<T>
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            Response response = continuationToken is null
                ? await rest.SendAsync(RequestMethod.Get, path, "", null, cancellationToken)
                : await rest.SendAsync(RequestMethod.Get, new Uri(continuationToken), null, cancellationToken);
            using JsonDocument json = JsonDocument.Parse(response.Content);
            continuationToken = GroupReader.Text(json.RootElement, "nextLink");
            yield return Page<T>.FromValues([.. json.RootElement.GetProperty("value").EnumerateArray().Select(read)], continuationToken, response);
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}
