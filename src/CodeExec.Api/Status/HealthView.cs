namespace CodeExec.Api.Status;

/// <param name="Status">healthy, degraded or unhealthy.</param>
internal sealed record HealthView(string Status, string Version, long UptimeMs, IReadOnlyList<DependencyView> Checks);

internal sealed record DependencyView(string Name, string Status, string? Detail, long DurationMs);
