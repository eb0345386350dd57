using System.Text.Json;

namespace CodeExec.Client;

/// <summary>Makes an exception of an answer that is not a success.</summary>
internal static class ProblemReader
{
    public static async Task<CodeExecException> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        Problem problem = await ReadProblemAsync(response, cancellationToken);
        string title = problem.Title ?? response.ReasonPhrase ?? "The server refused";
        return new CodeExecException(problem.Detail is { Length: > 0 } detail ? $"{title}: {detail}" : $"{title} (HTTP {(int)response.StatusCode}).")
        {
            Status = response.StatusCode,
            Type = problem.Type,
            Title = title,
            Detail = problem.Detail,
            Errors = problem.Errors ?? new Dictionary<string, string[]>(),
            Attempts = problem.Attempts,
            RetryAfter = RetryAfter(response, clock),
        };
    }

    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                string body = await response.Content.ReadAsStringAsync(cancellationToken);
                return JsonSerializer.Deserialize(body, ProblemJson.Default.Problem) ?? new(null, null, null, null);
            }
            catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
            {
                // Something between us and the server answered in its own words: the status code has to do.
            }
        }
        return new(null, null, null, null);
    }
}
