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
            MaxResponseDrainSize = MostOfAReply,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // the caller's token has the deadline
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("CodeExec-Callback/1");
    }

    /// <returns>The status of the answer. What comes behind it is of no account: a body that breaks off is no failure.</returns>
    public async Task<int> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
