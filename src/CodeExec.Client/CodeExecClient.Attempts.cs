namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    /// <summary>Where each student stands who has submitted to a problem that counts attempts.</summary>
    /// <param name="cursor">From the page before.</param>
    public Task<AttemptPage> ListAttemptsAsync(string problem, string? cursor, CancellationToken cancellationToken)
    {
        string path = new Query($"{ProblemPath(problem)}/attempts").With("cursor", cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.AttemptPage, cancellationToken);
    }

    /// <summary>A student's attempts at a problem.</summary>
    public Task<StudentAttempts> GetAttemptsAsync(string problem, string student, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(student);
        string path = new Query($"{ProblemPath(problem)}/attempts").With("student", student).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.StudentAttempts, cancellationToken);
    }

    /// <summary>Gives a student more attempts; below zero takes some back.</summary>
    public Task<StudentAttempts> GiveAttemptsAsync(string problem, string student, int attempts, string reason, CancellationToken cancellationToken)
    {
        string path = $"{ProblemPath(problem)}/attempts", key = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        byte[] body = Bytes(new AttemptGrantRequest(student, attempts, reason), ClientJson.Default.AttemptGrantRequest);
        return SendAsync(CreatePost, ClientJson.Default.StudentAttempts, cancellationToken);

        HttpRequestMessage CreatePost()
        {
            HttpRequestMessage message = WithBody(HttpMethod.Post, path, body, "application/json");
            message.Headers.Add("Idempotency-Key", key);
            return message;
        }
    }
}
