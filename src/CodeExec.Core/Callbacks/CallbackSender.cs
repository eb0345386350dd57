namespace CodeExec.Core.Callbacks;

/// <summary>The one way out for callbacks: to guarded addresses only, without redirects, proxies, cookies or keys of ours.</summary>
public sealed class CallbackSender : IDisposable
{
    private const int MostOfAReply = 64 * 1024;

    private readonly HttpClient _http;

    public CallbackSender(AddressGuard guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = guard.ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // the caller's token has the deadline
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("CodeExec-Callback/1");
    }

    /// <returns>The status of the answer. A part of its body is read, so that the connection can be used again.</returns>
    public async Task<int> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[8 * 1024];
        int total = 0, read;
        while (total < MostOfAReply && (read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += read;
        }

        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
