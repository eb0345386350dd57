namespace CodeExec.Client;

/// <param name="Scoring">"sum" (unless given), "allOrNothing" or "minimum".</param>
public sealed record TestGroup(string Id, string? Name = null, decimal? Points = null, string? Scoring = null, IReadOnlyList<string>? DependsOn = null);
