using System.Net;
using System.Text;
using System.Text.Json;

namespace CodeExec.Reviews.Claude.Tests;

/// <summary>Anthropic's Messages API, as far as we use it: answers in turn, and keeps what it was asked.</summary>
internal sealed class ClaudeDouble : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public List<(Uri Address, string? Key, string Body)> Requests { get; } = [];

    public ClaudeDouble Says(string text)
    {
        string json = JsonSerializer.Serialize(new
        {
            id = "msg_1",
            type = "message",
            role = "assistant",
            model = "claude-sonnet-4-5",
            content = new[] { new { type = "text", text } },
            stop_reason = "end_turn",
            usage = new { input_tokens = 10, output_tokens = 5 },
        });
        return Answers(HttpStatusCode.OK, json);
    }

    public ClaudeDouble Fails(int status, TimeSpan? retryAfter = null)
        => Answers((HttpStatusCode)status, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", retryAfter);

    public ClaudeDouble Hangs()
    {
        _answers.Enqueue(async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Nothing comes after forever.");
        });
        return this;
    }

    public ClaudeDouble Breaks()
    {
        _answers.Enqueue(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? key = request.Headers.TryGetValues("x-api-key", out IEnumerable<string>? keys) ? keys.Single() : null;
        Requests.Add((request.RequestUri!, key, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return await _answers.Dequeue()(cancellationToken);
    }

    private ClaudeDouble Answers(HttpStatusCode status, string json, TimeSpan? retryAfter = null)
    {
        _answers.Enqueue(_ =>
        {
            HttpResponseMessage response = new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            response.Headers.RetryAfter = retryAfter is { } delay ? new(delay) : null;
            return Task.FromResult(response);
        });
        return this;
    }
}
