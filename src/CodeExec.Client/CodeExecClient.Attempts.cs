namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    /// <summary>Where each student stands who has submitted to a problem or a challenge that counts attempts.</summary>
    /// <param name="cursor">From the page before.</param>
    public Task<AttemptPage> ListAttemptsAsync(AttemptSubject subject, string? cursor, CancellationToken cancellationToken)
    {
        string path = new Query(PathOf(subject)).With("cursor", cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.AttemptPage, cancellationToken);
    }

    /// <summary>A student's attempts.</summary>
    /// <param name="student">Null, with a student's key: one's own.</param>
    public Task<StudentAttempts> GetAttemptsAsync(AttemptSubject subject, string? student, CancellationToken cancellationToken)
    {
        string path = new Query(PathOf(subject)).With("student", student).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.StudentAttempts, cancellationToken);
    }

    /// <summary>Gives a student more attempts; below zero takes some back.</summary>
    public Task<StudentAttempts> GiveAttemptsAsync(AttemptSubject subject, string student, int attempts, string reason, CancellationToken cancellationToken)
    {
        string path = PathOf(subject), key = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        byte[] body = Bytes(new AttemptGrantRequest(student, attempts, reason), ClientJson.Default.AttemptGrantRequest);
        return SendAsync(CreatePost, ClientJson.Default.StudentAttempts, cancellationToken);

        HttpRequestMessage CreatePost()
        {
            HttpRequestMessage message = WithBody(HttpMethod.Post, path, body, "application/json");
            message.Headers.Add("Idempotency-Key", key);
            return message;
        }
    }

    private static string PathOf(AttemptSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return $"{(subject.Challenge is { } challenge ? $"api/challenges/{Uri.EscapeDataString(challenge)}" : ProblemPath(subject.Problem!))}/attempts";
    }
}
