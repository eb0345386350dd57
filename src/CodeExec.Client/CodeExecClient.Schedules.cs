namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    private const string Schedules = "api/schedules";

    /// <summary>Makes a schedule. What is returned keeps its times from now on.</summary>
    /// <param name="idempotencyKey">The same key with the same request gives the same schedule. Made anew for each call unless given.</param>
    public Task<Schedule> CreateScheduleAsync(ScheduleRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        string key = idempotencyKey ?? Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        return SendAsync(
            () =>
            {
                HttpRequestMessage message = WithBody(HttpMethod.Post, Schedules, Bytes(request, ClientJson.Default.ScheduleRequest), "application/json");
                message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            ClientJson.Default.Schedule,
            cancellationToken);
    }

    /// <summary>Changes what the request says; all else stays.</summary>
    public Task<Schedule> ChangeScheduleAsync(string id, ScheduleRequest request, CancellationToken cancellationToken)
        => SendAsync(() => WithBody(HttpMethod.Patch, SchedulePath(id), Bytes(request, ClientJson.Default.ScheduleRequest), "application/json"), ClientJson.Default.Schedule, cancellationToken);

    public Task<Schedule> GetScheduleAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, SchedulePath(id)), ClientJson.Default.Schedule, cancellationToken);

    /// <summary>Newest first.</summary>
    public Task<SchedulePage> ListSchedulesAsync(int? limit, string? cursor, CancellationToken cancellationToken)
    {
        string path = new Query(Schedules).With("limit", limit).With("cursor", cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.SchedulePage, cancellationToken);
    }

    /// <summary>The last ones, newest first.</summary>
    public Task<ScheduleRunList> ListScheduleRunsAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, $"{SchedulePath(id)}/runs"), ClientJson.Default.ScheduleRunList, cancellationToken);

    public Task<Schedule> PauseScheduleAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Post, $"{SchedulePath(id)}/pause"), ClientJson.Default.Schedule, cancellationToken);

    public Task<Schedule> ResumeScheduleAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Post, $"{SchedulePath(id)}/resume"), ClientJson.Default.Schedule, cancellationToken);

    /// <summary>Starts it now, besides its times.</summary>
    public Task<ScheduleRun> RunScheduleAsync(string id, CancellationToken cancellationToken)
    {
        string key = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        return SendAsync(
            () =>
            {
                HttpRequestMessage message = new(HttpMethod.Post, $"{SchedulePath(id)}/run");
                message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            ClientJson.Default.ScheduleRun,
            cancellationToken);
    }

    /// <summary>Deletes a schedule. What it has started stays.</summary>
    public async Task DeleteScheduleAsync(string id, CancellationToken cancellationToken)
        => (await _transport.SendAsync(() => new(HttpMethod.Delete, SchedulePath(id)), readWhole: true, cancellationToken)).Dispose();

    private static string SchedulePath(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return $"{Schedules}/{Uri.EscapeDataString(id)}";
    }
}
