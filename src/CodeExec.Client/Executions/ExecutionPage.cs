namespace CodeExec.Client;

/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record ExecutionPage(IReadOnlyList<Execution> Items, string? Cursor = null);
