namespace CodeExec.Client;

/// <param name="Version">Null: the newest.</param>
public sealed record ProblemReference(string Id, int? Version = null);
