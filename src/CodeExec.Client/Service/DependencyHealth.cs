namespace CodeExec.Client;

/// <summary>The state of one thing that the server depends on.</summary>
public sealed record DependencyHealth(string Name, string Status, string? Detail = null, double? DurationMs = null);
