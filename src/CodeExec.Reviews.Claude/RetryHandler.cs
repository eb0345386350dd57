using System.Net;
using Microsoft.Extensions.Logging;

namespace CodeExec.Reviews.Claude;

/// <summary>
/// Sends a request again while the API is busy (429, 529) or broken (5xx), or the line is: later each time, with jitter, and not before the
/// API says. The package can retry by itself, but by the machine's clock.
/// </summary>
internal sealed class RetryHandler(int attempts, TimeProvider clock, Func<double> random, ILogger logger) : DelegatingHandler
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read once: a content that was sent may not be sent again.
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        for (int attempt = 1; ; attempt++)
        {
            HttpResponseMessage? response = null;
            string failure;
            try
            {
                if (request.Content is { } content)
                {
                    request.Content = Copy(body, content);
                }

                response = await base.SendAsync(request, cancellationToken);
                if (!IsPassing(response.StatusCode) || attempt == attempts)
                {
                    return response;
                }

                failure = $"status {(int)response.StatusCode}";
            }
            catch (HttpRequestException e) when (attempt < attempts)
            {
                failure = e.HttpRequestError.ToString();
            }

            TimeSpan delay = DelayAfter(attempt, response);
            response?.Dispose();
            logger.Retrying(attempt, failure, delay.TotalMilliseconds);
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private TimeSpan DelayAfter(int attempt, HttpResponseMessage? response)
    {
        TimeSpan? asked = response?.Headers.RetryAfter?.Delta ?? response?.Headers.RetryAfter?.Date - clock.GetUtcNow();
        TimeSpan backoff = TimeSpan.FromMilliseconds(Math.Min(First.TotalMilliseconds * Math.Pow(2, attempt - 1), Longest.TotalMilliseconds) * (0.5 + random()));
        return asked > backoff ? asked.Value : backoff;
    }

    private static ByteArrayContent Copy(byte[] body, HttpContent like)
    {
        ByteArrayContent copy = new(body);
        foreach ((string name, IEnumerable<string> values) in like.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }
}
