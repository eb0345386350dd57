using System.Net;
using System.Net.Http.Headers;

namespace CodeExec.Client;

/// <summary>
/// Sends a call until it is answered. Every call of this API may be repeated (a creating POST carries an Idempotency-Key), so a busy
/// server and a broken connection are both tried again, within the bounds of the options.
/// </summary>
internal sealed class Transport(HttpClient http, CodeExecClientOptions options, TimeProvider clock)
{
    /// <param name="readWhole">Whether the body belongs to the call, so that a connection that breaks within it is tried again too.</param>
    /// <returns>A successful answer; the caller disposes it.</returns>
    /// <exception cref="CodeExecException">The server refused, or could not be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, bool readWhole, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            (HttpResponseMessage? response, CodeExecException? failure) = await TryAsync(create, readWhole, cancellationToken);
            if (failure is null)
            {
                return response!;
            }
            TimeSpan delay = failure.RetryAfter ?? Backoff.After(attempt);
            if (attempt >= options.MaxAttempts || delay > options.MaxRetryDelay || !IsWorthRetrying(failure))
            {
                throw failure;
            }
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>One try, whatever its status code.</summary>
    /// <exception cref="CodeExecException">The server could not be reached.</exception>
    public async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, bool readWhole, CancellationToken cancellationToken)
    {
        if (options.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        HttpCompletionOption completion = readWhole ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead;
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new CodeExecException($"The server at {http.BaseAddress} could not be reached: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CodeExecException($"The server at {http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} s.", e);
        }
    }

    private async Task<(HttpResponseMessage? Response, CodeExecException? Failure)> TryAsync(
        Func<HttpRequestMessage> create, bool readWhole, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = create();
        try
        {
            HttpResponseMessage response = await SendOnceAsync(request, readWhole, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return (response, null);
            }
            using (response)
            {
                return (null, await ProblemReader.ReadAsync(response, clock, cancellationToken));
            }
        }
        catch (CodeExecException e)
        {
            return (null, e);
        }
    }

    /// <summary>A busy server or a connection that broke; not a student without attempts, nor a server that is not there at all, which the user should hear of at once.</summary>
    private static bool IsWorthRetrying(CodeExecException failure) => failure.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => failure.Attempts is null,
        null => failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown },
        _ => false,
    };
}
