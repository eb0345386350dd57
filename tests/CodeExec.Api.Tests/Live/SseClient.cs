using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Live;

/// <summary>A viewer of server-sent events.</summary>
internal sealed class SseClient(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly IAsyncEnumerator<SseItem<string>> _items = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

    public HttpStatusCode Status => response.StatusCode;

    public string? ContentType => response.Content.Headers.ContentType?.MediaType;

    public static async Task<SseClient> OpenAsync(ApiHost host, string path, string? key = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = HttpTesting.Request(HttpMethod.Get, path, null, key, headers);
        HttpResponseMessage response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <returns>Null at the end of the stream.</returns>
    public async Task<SseEvent?> NextAsync()
        => await _items.MoveNextAsync() ? new(long.Parse(_items.Current.EventId!, System.Globalization.CultureInfo.InvariantCulture), _items.Current.EventType, JsonDocument.Parse(_items.Current.Data).RootElement) : null;

    public async Task<List<SseEvent>> AllAsync()
    {
        List<SseEvent> all = [];
        while (await NextAsync() is { } one)
        {
            all.Add(one);
        }

        return all;
    }

    public void Dispose() => response.Dispose();
}

internal sealed record SseEvent(long Id, string Name, JsonElement Data);
