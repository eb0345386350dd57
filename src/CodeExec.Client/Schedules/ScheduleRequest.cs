using System.Text.Json;

namespace CodeExec.Client;

/// <summary>What a schedule is to be. Null takes the server's default; in a change it leaves things as they are.</summary>
public sealed record ScheduleRequest
{
    public string? Name { get; init; }

    /// <summary>Five fields, or @daily and the like.</summary>
    public string? Cron { get; init; }

    /// <summary>An IANA name; UTC unless given.</summary>
    public string? TimeZone { get; init; }

    /// <summary>"skip", "allow" or "replace".</summary>
    public string? Overlap { get; init; }

    /// <summary>"runOnce" or "skip".</summary>
    public string? Missed { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>What to start; or a batch.</summary>
    public ExecutionRequest? Execution { get; init; }

    /// <summary>As the body of POST /api/batches.</summary>
    public JsonElement? Batch { get; init; }
}
