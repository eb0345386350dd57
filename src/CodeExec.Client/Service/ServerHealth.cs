namespace CodeExec.Client;

public sealed record ServerHealth
{
    /// <summary>"healthy", "degraded" or "unhealthy".</summary>
    public string Status { get => field ?? "unknown"; init; }

    public string? Version { get; init; }

    public double UptimeMs { get; init; }

    public IReadOnlyList<DependencyHealth> Checks { get => field ?? []; init; }

    /// <summary>It can do its work; the server said so with its status code.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWorking { get; init; }
}
