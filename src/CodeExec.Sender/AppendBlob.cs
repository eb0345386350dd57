using System.Diagnostics;
using System.Globalization;
using System.Net;
using CodeExec.Linux;

namespace CodeExec.Sender;

/// <summary>
/// A blob that grows. Each append says where it must stand, so one that had landed although its answer was lost is noticed when it is tried again, and nothing is there twice.
/// </summary>
internal sealed class AppendBlob : IDisposable
{
    private const string Version = "2021-12-02";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>For one piece, all tries together. The runner waits for a little longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PatienceOfATry = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly Uri _appending;
    private readonly HttpClient _http;
    private long _length;

    public AppendBlob(Uri address)
    {
        _address = address;
        _appending = new UriBuilder(address) { Query = address.Query.Length == 0 ? "comp=appendblock" : address.Query[1..] + "&comp=appendblock" }.Uri;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { Timeout = PatienceOfATry };
    }

    /// <exception cref="SendingException">It is refused, or there is one of that name already.</exception>
    public void Create()
        => Repeat(
            () =>
            {
                HttpRequestMessage request = New(_address, []);
                request.Headers.Add("x-ms-blob-type", "AppendBlob");
                request.Headers.Add("If-None-Match", "*");
                return request;
            },
            landed: HttpStatusCode.Conflict);

    /// <exception cref="SendingException">It is refused, or nobody answers.</exception>
    public void Append(byte[] bytes)
    {
        Repeat(
            () =>
            {
                HttpRequestMessage request = New(_appending, bytes);
                request.Headers.Add("x-ms-blob-condition-appendpos", _length.ToString(CultureInfo.InvariantCulture));
                return request;
            },
            landed: HttpStatusCode.PreconditionFailed);
        _length += bytes.Length;
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage New(Uri address, byte[] bytes)
    {
        HttpRequestMessage request = new(HttpMethod.Put, address) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("x-ms-version", Version);
        return request;
    }

    /// <param name="landed">The answer to something that is there already: well, if it may be our own doing.</param>
    private void Repeat(Func<HttpRequestMessage> request, HttpStatusCode landed)
    {
        long begun = Stopwatch.GetTimestamp();
        TimeSpan pause = FirstPause;
        for (bool again = false; ; again = true)
        {
            (HttpStatusCode? status, string problem) = Try(request);
            if (status is HttpStatusCode.Created || (again && status == landed))
            {
                return;
            }

            bool mayPass = status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
            if (!mayPass || Stopwatch.GetElapsedTime(begun) + pause > Patience)
            {
                throw new SendingException($"Events are not taken: {problem}");
            }

            Poll.Wait([], pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private (HttpStatusCode? Status, string Problem) Try(Func<HttpRequestMessage> request)
    {
        try
        {
            using HttpRequestMessage message = request();
            using HttpResponseMessage answer = _http.Send(message);
            return (answer.StatusCode, $"{(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return (null, (e as HttpRequestException)?.HttpRequestError.ToString() ?? "no answer in time");
        }
    }
}
