using System.Net;

namespace CodeExec.Client;

/// <summary>The server refused a call, or could not be reached (<see cref="Status"/> is null then).</summary>
public sealed class CodeExecException(string message, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; init; }

    /// <summary>The problem's stable type: what code should compare, rather than the texts.</summary>
    public string? Type { get; init; }

    public string? Title { get; init; }

    /// <summary>What is wrong and what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong with which field of the request.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Where a student stands whose attempt was refused.</summary>
    public AttemptStanding? Attempts { get; init; }

    /// <summary>How long the server asked to wait before another try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same call may succeed later.</summary>
    public bool IsTransient => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
